import { constants, type BigIntStats } from "node:fs";
import { FileContent, type ContentStore } from "./file-content.js";
import type { Mount } from "./mounts.js";
import type { Bytes } from "./path-bytes.js";

const { S_IFMT, S_IFDIR, S_IFREG, S_IFLNK } = constants;
export const PERMISSION_BITS = 0o7777;

/** The attributes of a file of the view; owners and permissions are kept as data, so that changing them needs no privileges. */
export interface InodeAttributes {
  /** Its file system; differs from its folder's if it is a mount point. */
  readonly mount: Mount;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly rdev: bigint;
  /** The kind, the bits of S_IFMT. */
  readonly format: number;
  /** The bits of PERMISSION_BITS. */
  mode: number;
  uid: number;
  gid: number;
  links: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
  birthtimeMs: number;
}

export type Inode = FileInode | FolderInode | LinkInode | SpecialInode;

export interface FileInode extends InodeAttributes {
  readonly kind: "file";
  readonly content: FileContent;
}

export interface FolderInode extends InodeAttributes {
  readonly kind: "folder";
  /** The real folder whose entries show through where `entries` has none. */
  readonly base: Bytes | undefined;
  /** Loaded or changed entries; null is a deleted entry of the real folder. */
  readonly entries: Map<Bytes, Inode | null>;
}

export interface LinkInode extends InodeAttributes {
  readonly kind: "link";
  readonly target: Bytes;
}

/** A device, a pipe or a socket. */
export interface SpecialInode extends InodeAttributes {
  readonly kind: "special";
  readonly base: Bytes;
}

/** The view's file for a real one. `target` is a link's target. */
export function inodeOf(facts: BigIntStats, path: Bytes, target: Bytes, mount: Mount, store: ContentStore): Inode {
  const attributes = attributesOf(facts, mount);
  switch (attributes.format) {
    case S_IFDIR:
      return { ...attributes, kind: "folder", base: path, entries: new Map() };
    case S_IFREG:
      return {
        ...attributes,
        kind: "file",
        content: FileContent.of(store, { path, size: Number(facts.size), blocks: Number(facts.blocks) }),
      };
    case S_IFLNK:
      return { ...attributes, kind: "link", target };
    default:
      return { ...attributes, kind: "special", base: path };
  }
}

function attributesOf(facts: BigIntStats, mount: Mount): InodeAttributes {
  const { dev, ino, rdev } = facts;
  const mode = Number(facts.mode);
  const times = {
    atimeMs: toMilliseconds(facts.atimeNs),
    mtimeMs: toMilliseconds(facts.mtimeNs),
    ctimeMs: toMilliseconds(facts.ctimeNs),
    birthtimeMs: toMilliseconds(facts.birthtimeNs),
  };
  return {
    mount,
    dev,
    ino,
    rdev,
    format: mode & S_IFMT,
    mode: mode & PERMISSION_BITS,
    uid: Number(facts.uid),
    gid: Number(facts.gid),
    links: Number(facts.nlink),
    ...times,
  };
}

function toMilliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1_000_000;
}

// far above the inode numbers of real file systems, and below 2^53
let lastInode = 2n ** 52n;

/** The attributes of a file that this process creates in a folder of the view. */
export function newAttributes(format: number, mode: number, parent: FolderInode): InodeAttributes {
  const now = Date.now();
  const inheritsGroup = (parent.mode & 0o2000) !== 0;
  return {
    ...{ mount: parent.mount, dev: parent.dev, ino: ++lastInode, rdev: 0n, format, links: format === S_IFDIR ? 2 : 1 },
    ...{
      mode: format === S_IFDIR && inheritsGroup ? mode | 0o2000 : mode,
      uid: process.geteuid?.() ?? 0,
      gid: inheritsGroup ? parent.gid : (process.getegid?.() ?? 0),
    },
    ...{ atimeMs: now, mtimeMs: now, ctimeMs: now, birthtimeMs: now },
  };
}

/** Updates the times after a change of the content. */
export function touch(inode: InodeAttributes): void {
  inode.mtimeMs = Date.now();
  inode.ctimeMs = inode.mtimeMs;
}
