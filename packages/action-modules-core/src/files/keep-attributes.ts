import type { Stats } from "node:fs";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/** A copy whose attributes can be set: an open file, or a path with the calls for it. */
export interface CopyTarget {
  stat(): Promise<Stats>;
  chown(uid: number, gid: number): Promise<void>;
  chmod(mode: number): Promise<void>;
  utimes(atime: number, mtime: number): Promise<void>;
}

/** What a copy takes over from its original. */
export interface Kept extends Pick<Stats, "mode" | "uid" | "gid" | "atimeMs" | "mtimeMs"> {
  /** Whether owner, group and times are kept too, as far as the process may. */
  readonly exact: boolean;
}

/** All of a file's permissions, the special bits with them. */
export const ALL_PERMISSIONS = 0o7777;
const PLAIN_PERMISSIONS = 0o777;
const SET_USER = 0o4000;
const SET_GROUP = 0o2000;
const MILLISECONDS = 1000;

/** Whether a file runs as its owner or its group. */
export function runsAsOwner({ mode }: Pick<Stats, "mode">): boolean {
  return (mode & (SET_USER | SET_GROUP)) !== 0;
}

/**
 * Gives a copy the permissions of its original. A set-user-ID bit is worth something, and safe, only with the same owner, and so is a
 * set-group-ID bit with the group: they are kept together, or where the process may not give files away, not at all.
 */
export async function keepAttributes(target: CopyTarget, path: FilePath, kept: Kept): Promise<void> {
  const mode = kept.exact || runsAsOwner(kept) ? await takeOwner(target, path, kept) : kept.mode & ALL_PERMISSIONS;
  await attempt("change the permissions of", path, async () => {
    try {
      await target.chmod(mode);
    } catch (thrown) {
      // some systems refuse a special bit that others drop
      if ((mode & ~PLAIN_PERMISSIONS) === 0 || !isRefusal(thrown)) throw thrown;
      await target.chmod(mode & PLAIN_PERMISSIONS);
    }
  });
  if (kept.exact) await attempt("set the times of", path, () => target.utimes(kept.atimeMs / MILLISECONDS, kept.mtimeMs / MILLISECONDS));
}

/** Changes owner and group as far as needed and allowed; gives the permissions that the copy may have then. */
async function takeOwner(target: CopyTarget, path: FilePath, { mode, uid, gid, exact }: Kept): Promise<number> {
  return attempt("change the owner of", path, async () => {
    const before = await target.stat();
    const wanted = { uid: exact || (mode & SET_USER) !== 0 ? uid : before.uid, gid: exact || (mode & SET_GROUP) !== 0 ? gid : before.gid };
    if (wanted.uid !== before.uid || wanted.gid !== before.gid) {
      // a user may give a file to a group that the user belongs to
      if (!(await tryChown(target, wanted.uid, wanted.gid))) await tryChown(target, before.uid, wanted.gid);
    }
    const now = await target.stat();
    return mode & ALL_PERMISSIONS & ~(now.uid === uid ? 0 : SET_USER) & ~(now.gid === gid ? 0 : SET_GROUP);
  });
}

async function tryChown(target: CopyTarget, uid: number, gid: number): Promise<boolean> {
  try {
    await target.chown(uid, gid);
    return true;
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return false;
  }
}

function isRefusal(thrown: unknown): boolean {
  return ["EPERM", "EINVAL", "EFTYPE"].includes(fileErrorCode(thrown) ?? "");
}
