import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Accounts } from "@imagewright/action-contract";

const run = promisify(execFile);
const NUMERIC_ID = /^\d+$/;

/** Users and groups of this machine: local files first, then whatever name service the system's own tools ask. */
export const accounts: Accounts = {
  async user(nameOrId) {
    const entry = await findInFile("/etc/passwd", nameOrId);
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) };
    const uid = await ask("id", ["-u", "--", nameOrId]);
    const gid = await ask("id", ["-g", "--", nameOrId]);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
    return NUMERIC_ID.test(nameOrId) ? { uid: Number(nameOrId), gid: undefined } : undefined;
  },

  async group(nameOrId) {
    const entry = await findInFile("/etc/group", nameOrId);
    if (entry !== undefined) return Number(entry[2]);
    const listed = await ask("getent", ["group", nameOrId], 2);
    return listed ?? (NUMERIC_ID.test(nameOrId) ? Number(nameOrId) : undefined);
  },
};

/** The fields of the line for a name, or for an id in the third field; names win, as in the system's own tools. */
async function findInFile(path: string, nameOrId: string): Promise<string[] | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.split(":"));
  return lines.find((fields) => fields.length > 3 && fields[0] === nameOrId) ?? lines.find((fields) => fields.length > 3 && fields[2] === nameOrId && NUMERIC_ID.test(nameOrId));
}

async function ask(command: string, parameters: readonly string[], field = 0): Promise<number | undefined> {
  try {
    const { stdout } = await run(command, parameters);
    const value = stdout.trim().split(":")[field] ?? "";
    return NUMERIC_ID.test(value) ? Number(value) : undefined;
  } catch {
    return undefined; // no such name, or no such tool
  }
}
