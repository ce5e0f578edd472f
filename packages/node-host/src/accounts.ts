import { readFile } from "node:fs/promises";
import type { Accounts } from "@imagewright/action-contract";
import { findAccount, parseId, type AccountEntry } from "./account-file.js";
import { inheritedEnvironment } from "./inherited-environment.js";
import { runProgram } from "./run-program.js";

/** Users and groups of this machine: local files first, then the name services that the system's own tools use. */
export const accounts: Accounts = {
  async user(nameOrId) {
    const entry = await findInFile("/etc/passwd", nameOrId);
    if (entry?.groupId !== undefined) return { uid: entry.id, gid: entry.groupId };
    const uid = await ask("id", ["-u", "--", nameOrId], nameOrId);
    const gid = uid === undefined ? undefined : await ask("id", ["-g", "--", nameOrId], nameOrId);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
    const id = parseId(nameOrId);
    return id === undefined ? undefined : { uid: id, gid: undefined };
  },

  async group(nameOrId) {
    const entry = await findInFile("/etc/group", nameOrId);
    return entry?.id ?? (await ask("getent", ["group", nameOrId], nameOrId, 2)) ?? parseId(nameOrId);
  },
};

async function findInFile(path: string, nameOrId: string): Promise<AccountEntry | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  return findAccount(text, nameOrId);
}

/** The number in one field of a tool's output for a name; undefined if there is no such name, or no such tool. */
async function ask(tool: string, parameters: readonly string[], name: string, field = 0): Promise<number | undefined> {
  // the tool would read "-x" as an option and "+0" as the id 0; neither is a name
  if (/^[-+]|\0/.test(name)) return undefined;
  const exit = await runProgram({ file: tool, arguments: parameters, environment: inheritedEnvironment() });
  return exit.kind === "exited" && exit.code === 0 ? parseId(exit.stdout.trim().split(":")[field] ?? "") : undefined;
}
