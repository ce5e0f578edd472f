import type { Inode } from "./inode.js";

/** What has been opened. */
export interface Opened {
  readonly inode: Inode;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly appends: boolean;
}
