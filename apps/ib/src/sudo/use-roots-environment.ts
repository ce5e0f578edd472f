import { userInfo } from "node:os";
import { isUnderSudo, rootsEnvironment } from "@imagewright/configuration";

/** Under sudo, gives the container engines and other tools root's environment, in which their stores and temporary files are root's. */
export function useRootsEnvironment(): void {
  if (!isUnderSudo(process.env)) return;
  const roots = rootsEnvironment(process.env, userInfo().homedir);
  for (const name of Object.keys(process.env)) if (!(name in roots)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, roots);
}
