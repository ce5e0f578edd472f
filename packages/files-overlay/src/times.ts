import type { Inode } from "./inode.js";

type Time = number | string | Date;

/** Sets the access and modification times, in any form that node:fs accepts: seconds, text of seconds, or dates. */
export function setTimes(inode: Inode, atime: Time, mtime: Time): void {
  inode.atimeMs = milliseconds(atime);
  inode.mtimeMs = milliseconds(mtime);
  inode.ctimeMs = Date.now();
}

function milliseconds(time: Time): number {
  return time instanceof Date ? time.getTime() : Number(time) * 1000;
}
