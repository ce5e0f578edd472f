import { isUnderSudo } from "@imagewright/configuration";
import { runProgram } from "@imagewright/node-host";
import { SYSTEM_ENVIRONMENT } from "./system-environment.js";

/** The user who called this program through sudo. */
export interface Caller {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** As the account has it, not as the environment says. */
  readonly home: string;
}

/** Who has called this program through sudo; undefined without sudo. */
export async function findCaller(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Caller | { readonly problem: string } | undefined> {
  if (!isUnderSudo(environment)) return undefined;
  const uid = environment["SUDO_UID"] ?? "";
  const caller = /^\d{1,10}$/.test(uid) ? parseAccount(await lookUp(uid), Number(uid)) : undefined;
  return caller ?? { problem: `SUDO_UID is ${JSON.stringify(uid)}, which is no user of this machine` };
}

/** A line of passwd(5), from whatever service has the account. */
async function lookUp(uid: string): Promise<string> {
  const { stdout } = await runProgram({ file: "getent", arguments: ["passwd", uid], environment: SYSTEM_ENVIRONMENT });
  return stdout;
}

/** getent takes a number for a name first, so the account must have the id. */
function parseAccount(line: string, uid: number): Caller | undefined {
  const [name = "", , id, gid, , home = ""] = line.split("\n")[0]?.split(":") ?? [];
  if (name === "" || Number(id) !== uid || !/^\d+$/.test(gid ?? "") || !home.startsWith("/")) return undefined;
  return { name, uid, gid: Number(gid), home };
}
