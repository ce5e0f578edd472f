import { RefusedOperation } from "./file-error.js";
import type { InodeAttributes, FolderInode, Inode } from "./inode.js";

export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

/** The ids against which Linux checks file accesses. */
export interface Asker {
  readonly uid: number;
  readonly groups: readonly number[];
}

/** The current ids of this process. */
export function asker(): Asker {
  return { uid: process.geteuid?.() ?? 0, groups: [process.getegid?.() ?? 0, ...(process.getgroups?.() ?? [])] };
}

/** Rejects with EACCES what the permissions do not allow. Root may do anything except execute a file without execute permission. */
export function demand(inode: Inode, wanted: number, { uid, groups } = asker()): void {
  if (uid === 0) {
    if ((wanted & EXECUTE) !== 0 && inode.kind !== "folder" && (inode.mode & 0o111) === 0) throw new RefusedOperation("EACCES");
    return;
  }
  const shift = inode.uid === uid ? 6 : groups.includes(inode.gid) ? 3 : 0;
  if (((inode.mode >> shift) & wanted) !== wanted) throw new RefusedOperation("EACCES");
}

/** Rejects with EPERM what only the owner and root may do. */
export function demandOwner(inode: InodeAttributes, { uid } = asker()): void {
  if (uid !== 0 && inode.uid !== uid) throw new RefusedOperation("EPERM");
}

/** In a sticky folder, such as /tmp, only the owner of an entry or of the folder may remove it. */
export function demandRemoval(folder: FolderInode, entry: InodeAttributes): void {
  demand(folder, WRITE | EXECUTE);
  const { uid } = asker();
  if ((folder.mode & 0o1000) !== 0 && uid !== 0 && uid !== entry.uid && uid !== folder.uid) throw new RefusedOperation("EPERM");
}

/** As with fs.protected_hardlinks of Linux: only those who may read and write somebody else's file may link to it. */
export function demandLinkable(inode: Inode): void {
  const by = asker();
  if (by.uid === 0 || by.uid === inode.uid) return;
  if (inode.kind !== "file" || withoutSpecialBits(inode.mode) !== inode.mode) throw new RefusedOperation("EPERM");
  try {
    demand(inode, READ | WRITE, by);
  } catch {
    throw new RefusedOperation("EPERM");
  }
}

const SET_USER = 0o4000;
const SET_GROUP = 0o2000;
const GROUP_EXECUTE = 0o010;

/** Changes the owner as chown(2) does: programs lose their special bits. -1 keeps an id. */
export function changeOwner(inode: Inode, uid: number, gid: number): void {
  const by = asker();
  const mode = inode.kind === "folder" || inode.kind === "link" ? inode.mode : withoutSpecialBits(inode.mode);
  // anybody may make a call that changes neither the owner nor the bits
  if (by.uid !== 0 && (uid !== -1 || gid !== -1 || mode !== inode.mode)) {
    const isOwn = inode.uid === by.uid && (uid === -1 || uid === inode.uid) && (gid === -1 || gid === inode.gid || by.groups.includes(gid));
    if (!isOwn) throw new RefusedOperation("EPERM");
  }
  inode.mode = mode;
  if (uid !== -1) inode.uid = uid;
  if (gid !== -1) inode.gid = gid;
  inode.ctimeMs = Date.now();
}

/** Changes the permissions as chmod(2) does. */
export function changeMode(inode: Inode, mode: number): void {
  demandOwner(inode);
  const by = asker();
  const keepsGroup = by.uid === 0 || by.groups.includes(inode.gid);
  inode.mode = (keepsGroup ? mode : mode & ~SET_GROUP) & 0o7777;
  inode.ctimeMs = Date.now();
}

/** A write by anybody except root clears the special bits of a program. */
export function noteWrite(inode: Inode): void {
  if (asker().uid !== 0) inode.mode = withoutSpecialBits(inode.mode);
}

function withoutSpecialBits(mode: number): number {
  const lost = SET_USER | ((mode & GROUP_EXECUTE) !== 0 ? SET_GROUP : 0);
  return mode & ~lost;
}
