import type { Inode } from "./inode.js";

type Time = number | string | Date;

/** Sets the times of access and change, given as node:fs takes them: seconds, text of seconds, or dates. */
export function setTimes(inode: Inode, atime: Time, mtime: Time): void {
  inode.atimeMs = milliseconds(atime);
  inode.mtimeMs = milliseconds(mtime);
  inode.ctimeMs = Date.now();
}

function milliseconds(time: Time): number {
  return time instanceof Date ? time.getTime() : Number(time) * 1000;
}
