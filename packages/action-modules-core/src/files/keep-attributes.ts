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

/** The attributes that a copy takes from its original. */
export interface Kept extends Pick<Stats, "mode" | "uid" | "gid" | "atimeMs" | "mtimeMs"> {
  /** Whether owner, group and times are kept too, as far as permitted. */
  readonly exact: boolean;
}

/** A file's permissions, including the special bits. */
export const ALL_PERMISSIONS = 0o7777;
const PLAIN_PERMISSIONS = 0o777;
const SET_USER = 0o4000;
const SET_GROUP = 0o2000;
const MILLISECONDS = 1000;

/** Whether a file has a set-user-ID or set-group-ID bit. */
export function runsAsOwner({ mode }: Pick<Stats, "mode">): boolean {
  return (mode & (SET_USER | SET_GROUP)) !== 0;
}

/**
 * Sets the permissions of the original on a copy. A set-user-ID bit is useful, and safe, only with the same owner, and a
 * set-group-ID bit only with the same group: they are kept together, or, if the process may not change the owner, not at all.
 */
export async function keepAttributes(target: CopyTarget, path: FilePath, kept: Kept): Promise<void> {
  const mode = kept.exact || runsAsOwner(kept) ? await takeOwner(target, path, kept) : kept.mode & ALL_PERMISSIONS;
  await attempt("change the permissions of", path, async () => {
    try {
      await target.chmod(mode);
    } catch (thrown) {
      // some systems reject a special bit that others silently drop
      if ((mode & ~PLAIN_PERMISSIONS) === 0 || !isRefusal(thrown)) throw thrown;
      await target.chmod(mode & PLAIN_PERMISSIONS);
    }
  });
  if (kept.exact) await attempt("set the times of", path, () => target.utimes(kept.atimeMs / MILLISECONDS, kept.mtimeMs / MILLISECONDS));
}

/** Changes owner and group as far as needed and permitted; returns the permissions that the copy may then have. */
async function takeOwner(target: CopyTarget, path: FilePath, { mode, uid, gid, exact }: Kept): Promise<number> {
  return attempt("change the owner of", path, async () => {
    const before = await target.stat();
    const wanted = { uid: exact || (mode & SET_USER) !== 0 ? uid : before.uid, gid: exact || (mode & SET_GROUP) !== 0 ? gid : before.gid };
    if (wanted.uid !== before.uid || wanted.gid !== before.gid) {
      // a user may change a file's group to one that the user belongs to
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
