import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { existing, addEntry, demandChangeable } from "./entries.js";
import { FileContent } from "./file-content.js";
import { asNode, RefusedOperation } from "./file-error.js";
import { newAttributes, PERMISSION_BITS, touch, type Inode } from "./inode.js";
import { OverlayFileHandle } from "./overlay-file-handle.js";
import type { Bytes } from "./path-bytes.js";
import { demand, noteWrite, READ, WRITE } from "./rights.js";
import type { ResolvedPath, View } from "./view.js";
import type { Opened } from "./opened.js";

const {
  O_ACCMODE = 3,
  O_RDONLY,
  O_WRONLY,
  O_RDWR,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_APPEND,
  O_DIRECTORY,
  O_NOFOLLOW,
  O_SYNC,
} = constants as typeof constants & { readonly O_ACCMODE?: number };

// https://nodejs.org/api/fs.html#file-system-flags
const FLAGS: Readonly<Record<string, number>> = {
  r: O_RDONLY,
  rs: O_RDONLY | O_SYNC,
  "r+": O_RDWR,
  "rs+": O_RDWR | O_SYNC,
  w: O_TRUNC | O_CREAT | O_WRONLY,
  wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  "w+": O_TRUNC | O_CREAT | O_RDWR,
  "wx+": O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  a: O_APPEND | O_CREAT | O_WRONLY,
  ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  "a+": O_APPEND | O_CREAT | O_RDWR,
  "ax+": O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  "as+": O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};
const SYNONYMS: Readonly<Record<string, string>> = {
  sr: "rs",
  "sr+": "rs+",
  xw: "wx",
  "xw+": "wx+",
  xa: "ax",
  "xa+": "ax+",
  sa: "as",
  "sa+": "as+",
};

function flagBits(flags: string | number | undefined | null): number {
  if (typeof flags === "number") return flags;
  const bits = FLAGS[SYNONYMS[flags ?? "r"] ?? flags ?? "r"];
  if (bits !== undefined) return bits;
  throw Object.assign(new TypeError(`The argument 'flags' is invalid. Received '${flags}'`), { code: "ERR_INVALID_ARG_VALUE" });
}

/** Opens a file of the view as open(2) does. */
export async function openFile(view: View, path: Bytes, flags: string | number | undefined, mode: number): Promise<FileHandle> {
  const bits = flagBits(flags);
  const access = bits & O_ACCMODE;
  const modes = { reads: access !== O_WRONLY, writes: access === O_WRONLY || access === O_RDWR, appends: (bits & O_APPEND) !== 0 };
  const inode = await asNode("open", path, () => openInode(view, path, bits, mode, modes));
  return new OverlayFileHandle(view, { ...modes, inode }, path).asFileHandle();
}

/** Finds or creates the file for a path and the flags of `open`. */
export async function openInode(view: View, path: Bytes, bits: number, mode: number, wanted: Omit<Opened, "inode">): Promise<Inode> {
  const creates = (bits & O_CREAT) !== 0;
  const exclusive = creates && (bits & O_EXCL) !== 0;
  const place = await view.find(
    path,
    exclusive || (creates && path.endsWith("/")) ? "create" : (bits & O_NOFOLLOW) === 0 ? "follow" : "entry",
  );
  if (creates && place.endsInSeparator) throw new RefusedOperation("EISDIR");
  if (place.inode !== undefined && exclusive) throw new RefusedOperation("EEXIST");
  if (place.inode === undefined && creates) return createFile(view, place, mode);
  const inode = existing(place);
  demandKind(inode, (bits & O_DIRECTORY) !== 0, creates || wanted.writes || (bits & O_TRUNC) !== 0);
  demand(inode, (wanted.reads ? READ : 0) | (wanted.writes ? WRITE : 0));
  if (wanted.writes) await demandChangeable(view, inode);
  if ((bits & O_TRUNC) !== 0 && inode.kind === "file") {
    await inode.content.clear();
    noteWrite(inode);
    touch(inode);
  }
  return inode;
}

// files without content: opening them changes nothing on the machine
const HARMLESS_DEVICES = new Set(["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]);

function demandKind(inode: Inode, folderOnly: boolean, changes: boolean): void {
  if (inode.kind === "folder" && changes) throw new RefusedOperation("EISDIR");
  if (inode.kind !== "folder" && folderOnly) throw new RefusedOperation("ENOTDIR");
  if (inode.kind === "link") throw new RefusedOperation("ELOOP");
  if (inode.kind === "special" && !HARMLESS_DEVICES.has(inode.base)) throw new RefusedOperation("ENXIO");
}

/** Makes an empty file at an unused path. */
async function createFile(view: View, place: ResolvedPath, mode: number): Promise<Inode & { readonly kind: "file" }> {
  const attributes = newAttributes(constants.S_IFREG, mode & ~process.umask() & PERMISSION_BITS, place.folder);
  const inode = { ...attributes, kind: "file", content: await FileContent.empty(view) } as const;
  await addEntry(view, place, inode);
  return inode;
}
