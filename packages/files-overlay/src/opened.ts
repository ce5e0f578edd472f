import type { Inode } from "./inode.js";

/** An opened file. */
export interface Opened {
  readonly inode: Inode;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly appends: boolean;
}
