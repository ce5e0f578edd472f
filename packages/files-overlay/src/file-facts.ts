import { createHash } from "node:crypto";
import { constants, type BigIntStats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { PERMISSION_BITS, type Inode } from "./inode.js";
import { fromBytes, toBytes, type Bytes } from "./path-bytes.js";

/** The attributes by which two files at the same path are compared. Without times: every write changes them. */
export interface FileFacts {
  readonly type: "file" | "folder" | "link" | "pipe" | "socket" | "device";
  /** The permissions, with the special bits; not for links, which have no permissions of their own. */
  readonly mode?: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes; files only. */
  readonly size?: number;
  /** A link's target, as written in it. */
  readonly target?: Buffer;
  /** A file's content, if it is not longer than LONGEST_CONTENT. */
  readonly content?: Buffer;
  /** The SHA-256 of a longer file, in hex. */
  readonly sha256?: string;
  /** Device and inode number, if the file has several names. */
  readonly file?: string;
  /** How many of these names the view has not loaded; for files of the view. */
  readonly unseenNames?: number;
}

/** The longest content included in a list of changes, in bytes. */
export const LONGEST_CONTENT = 64 * 1024;

interface Owned {
  readonly format: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The facts of a file of the view; without content if `isRead` is false. */
export async function factsOfInode(files: FileSystem, inode: Inode, isRead = true): Promise<FileFacts> {
  if (inode.kind === "link") return { ...ownerFacts(inode), target: fromBytes(inode.target) };
  if (inode.kind !== "file") return ownerFacts(inode);
  const { size } = await inode.content.size();
  return { ...ownerFacts(inode), size, ...(isRead ? await describeContent(files, inode.content.place, size) : {}) };
}

/** The same for a real file; undefined if there is none. */
export async function factsOfReal(files: FileSystem, path: Bytes, isRead = true): Promise<FileFacts | undefined> {
  const real = fromBytes(path);
  const facts = await files.lstat(real, { bigint: true }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return undefined;
    throw thrown;
  });
  if (facts === undefined) return undefined;
  const owner = { ...ownerFacts(ownedOf(facts)), ...(facts.isDirectory() || facts.nlink < 2n ? {} : { file: fileId(facts) }) };
  if (facts.isSymbolicLink()) return { ...owner, target: fromBytes(toBytes(await files.readlink(real, { encoding: "buffer" }))) };
  const size = Number(facts.size);
  return facts.isFile() ? { ...owner, size, ...(isRead ? await describeContent(files, real, size) : {}) } : owner;
}

/** The facts that all names of a file share. */
export function fileId({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}

function ownedOf({ mode, uid, gid }: BigIntStats): Owned {
  return { format: Number(mode) & constants.S_IFMT, mode: Number(mode) & PERMISSION_BITS, uid: Number(uid), gid: Number(gid) };
}

function ownerFacts({ format, mode, uid, gid }: Owned): FileFacts {
  const type = typeOf(format);
  return type === "link" ? { type, uid, gid } : { type, mode, uid, gid };
}

function typeOf(format: number): FileFacts["type"] {
  switch (format) {
    case constants.S_IFREG:
      return "file";
    case constants.S_IFDIR:
      return "folder";
    case constants.S_IFLNK:
      return "link";
    case constants.S_IFIFO:
      return "pipe";
    case constants.S_IFSOCK:
      return "socket";
    default:
      return "device";
  }
}

/** A file's content, or its checksum. */
export async function describeContent(
  files: FileSystem,
  path: string | Buffer,
  size: number,
): Promise<Pick<FileFacts, "content" | "sha256">> {
  if (size <= LONGEST_CONTENT) return { content: await files.readFile(path) };
  const handle = await files.open(path, "r");
  try {
    const hash = createHash("sha256");
    const piece = Buffer.allocUnsafe(1024 * 1024);
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return { sha256: hash.digest("hex") };
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Whether all facts are the same. */
export function sameFacts(one: FileFacts, other: FileFacts): boolean {
  const keys = ["type", "mode", "uid", "gid", "size", "sha256"] as const;
  return keys.every((key) => one[key] === other[key]) && sameBytes(one.content, other.content) && sameBytes(one.target, other.target);
}

function sameBytes(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}
