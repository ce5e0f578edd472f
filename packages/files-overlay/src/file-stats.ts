import { constants, type BigIntStats, type Stats } from "node:fs";
import type { Inode } from "./inode.js";

const BLOCK_SIZE = 4096;

/** The attributes of a file of the view, as returned by `stat`. */
export async function statsOf(inode: Inode): Promise<Stats> {
  return new OverlayStats(inode, await sizeOf(inode));
}

/** The same as bigints, with times in nanoseconds. */
export async function bigStatsOf(inode: Inode): Promise<BigIntStats> {
  return new OverlayBigIntStats(inode, await sizeOf(inode));
}

interface Size {
  readonly size: number;
  readonly blocks: number;
}

async function sizeOf(inode: Inode): Promise<Size> {
  if (inode.kind === "file") return inode.content.size();
  if (inode.kind === "link") return { size: inode.target.length, blocks: 0 };
  return inode.kind === "folder" ? { size: BLOCK_SIZE, blocks: BLOCK_SIZE / 512 } : { size: 0, blocks: 0 };
}

abstract class Kind {
  constructor(private readonly format: number) {}

  isFile = () => this.format === constants.S_IFREG;
  isDirectory = () => this.format === constants.S_IFDIR;
  isSymbolicLink = () => this.format === constants.S_IFLNK;
  isBlockDevice = () => this.format === constants.S_IFBLK;
  isCharacterDevice = () => this.format === constants.S_IFCHR;
  isFIFO = () => this.format === constants.S_IFIFO;
  isSocket = () => this.format === constants.S_IFSOCK;
}

class OverlayStats extends Kind implements Stats {
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly size: number;
  readonly blksize = BLOCK_SIZE;
  readonly blocks: number;
  readonly atimeMs: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly birthtimeMs: number;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly birthtime: Date;

  constructor(inode: Inode, { size, blocks }: Size) {
    super(inode.format);
    [this.dev, this.ino, this.rdev] = [Number(inode.dev), Number(inode.ino), Number(inode.rdev)];
    [this.mode, this.nlink, this.uid, this.gid] = [inode.format | inode.mode, inode.links, inode.uid, inode.gid];
    [this.size, this.blocks] = [size, blocks];
    [this.atimeMs, this.mtimeMs, this.ctimeMs, this.birthtimeMs] = [inode.atimeMs, inode.mtimeMs, inode.ctimeMs, inode.birthtimeMs];
    [this.atime, this.mtime, this.ctime, this.birthtime] = [
      new Date(inode.atimeMs),
      new Date(inode.mtimeMs),
      new Date(inode.ctimeMs),
      new Date(inode.birthtimeMs),
    ];
  }
}

class OverlayBigIntStats extends Kind implements BigIntStats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mode: bigint;
  readonly nlink: bigint;
  readonly uid: bigint;
  readonly gid: bigint;
  readonly rdev: bigint;
  readonly size: bigint;
  readonly blksize = BigInt(BLOCK_SIZE);
  readonly blocks: bigint;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly birthtimeNs: bigint;
  readonly atimeMs: bigint;
  readonly mtimeMs: bigint;
  readonly ctimeMs: bigint;
  readonly birthtimeMs: bigint;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly birthtime: Date;

  constructor(inode: Inode, { size, blocks }: Size) {
    super(inode.format);
    [this.dev, this.ino, this.rdev] = [inode.dev, inode.ino, inode.rdev];
    [this.mode, this.nlink, this.uid, this.gid] = [
      BigInt(inode.format | inode.mode),
      BigInt(inode.links),
      BigInt(inode.uid),
      BigInt(inode.gid),
    ];
    [this.size, this.blocks] = [BigInt(size), BigInt(blocks)];
    const times = [inode.atimeMs, inode.mtimeMs, inode.ctimeMs, inode.birthtimeMs] as const;
    const [atime, mtime, ctime, birthtime] = times;
    [this.atimeNs, this.mtimeNs, this.ctimeNs, this.birthtimeNs] = [
      nanoseconds(atime),
      nanoseconds(mtime),
      nanoseconds(ctime),
      nanoseconds(birthtime),
    ];
    [this.atimeMs, this.mtimeMs, this.ctimeMs, this.birthtimeMs] = [whole(atime), whole(mtime), whole(ctime), whole(birthtime)];
    [this.atime, this.mtime, this.ctime, this.birthtime] = [new Date(atime), new Date(mtime), new Date(ctime), new Date(birthtime)];
  }
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1_000_000));
}

function whole(milliseconds: number): bigint {
  return BigInt(Math.floor(milliseconds));
}
