import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { buildHostError } from "../errors.js";

// a shell that became root by `su` may lack these
const ADMIN_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

const PACKAGES: Readonly<Record<string, string>> = { docker: "docker.io", unshare: "util-linux" };

/** The path of a program on PATH or in the system's own folders; undefined where it is not installed. */
export async function findCommand(name: string): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of [...folders, ...ADMIN_FOLDERS]) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** As `findCommand`, but throws command-missing. */
export async function requireCommand(name: string): Promise<string> {
  const path = await findCommand(name);
  if (path === undefined) throw buildHostError("command-missing", { command: name, package: packageOf(name) });
  return path;
}

/** The Debian package that has a program. */
export function packageOf(command: string): string {
  return PACKAGES[command] ?? command;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
