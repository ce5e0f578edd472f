import { readFileSync } from "node:fs";

/**
 * Whether a group is the user's alone: many systems give each ordinary user a group with the same number, and let it write to what the user
 * makes (umask 002). Nobody else may be a member.
 */
export function onlyOwnGroup(gid: number): boolean {
  if (gid === 0 || gid !== process.geteuid?.() || gid !== process.getegid?.()) return false;
  const groups = readText("/etc/group")
    .split("\n")
    .map((line) => line.split(":"))
    .filter(([, , id]) => id === String(gid));
  return groups.every(([name, , , members = ""]) => members === "" || members === name);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
