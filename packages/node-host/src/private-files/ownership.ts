import type { Stats } from "node:fs";
import { isUnknownOwner } from "./namespace-owner.js";
import { onlyOwnGroup } from "./own-group.js";

const WRITABLE_BY_OTHERS = 0o022;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;
const ROOT = 0;

/**
 * Why a file or folder is not the user's alone: another user owns it or can write to it. Undefined if it is. The user is the effective one
 * of this process; on Windows, whose accounts are not in owner and mode, nothing is refused.
 */
export function whyNotOwn({ uid, mode }: Stats): string | undefined {
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  if (uid !== user) return "it belongs to another user";
  return (mode & WRITABLE_BY_OTHERS) === 0 ? undefined : "others than its owner can write to it";
}

/**
 * Why other users could put something else in the place of a folder's entry. Undefined if they cannot: root or the user owns the folder,
 * and others cannot write to it, or can remove only what is theirs. A group that is the user's alone is not others.
 */
export function whySwappable(folder: Stats, entry: Stats): string | undefined {
  if (process.geteuid?.() === undefined) return undefined;
  if (!isTrusted(folder)) return "it belongs to another user, who can replace what is in it";
  const isShared = (folder.mode & WRITABLE_BY_ALL) !== 0 || ((folder.mode & WRITABLE_BY_OTHERS) !== 0 && !onlyOwnGroup(folder.gid));
  if (!isShared || ((folder.mode & STICKY) !== 0 && isTrusted(entry))) return undefined;
  return "others than its owner can replace what is in it";
}

/** Whether a file belongs to the user; on Windows it counts as the user's, as in `whyNotOwn`. */
export function isOwn({ uid }: Pick<Stats, "uid">): boolean {
  return process.geteuid === undefined || uid === process.geteuid();
}

/** Whether root or the user has made it. */
export function isTrusted({ uid }: Stats): boolean {
  return uid === ROOT || uid === process.geteuid?.() || isUnknownOwner(uid);
}
