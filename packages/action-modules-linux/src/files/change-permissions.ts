import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "@imagewright/action-modules-core";
import type { Entry } from "./entry.js";

export const CHANGE_PERMISSIONS = "change the permissions of";

const ALL_BITS = 0o7777;

/** Sets the permissions of an entry that is not a link, unless it has them already. Returns whether they changed. */
export async function changePermissions(files: FileSystem, { path, facts }: Entry, mode: number): Promise<boolean> {
  const before = facts.mode & ALL_BITS;
  if (before === mode) return false;
  await attempt(CHANGE_PERMISSIONS, path, () => files.chmod(path, mode));
  // the system silently drops a set-group-ID bit that the caller may not set
  const { mode: after } = await attempt(CHANGE_PERMISSIONS, path, () => files.stat(path));
  return (after & ALL_BITS) !== before;
}
