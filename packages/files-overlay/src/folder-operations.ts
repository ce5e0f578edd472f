import { constants } from "node:fs";
import { addEntry, demandUnmounted, existing, isEmptyFolder, listedEntry, removeEntry } from "./entries.js";
import { asNode, RefusedOperation } from "./file-error.js";
import { FolderEntry } from "./folder-entry.js";
import { newAttributes, PERMISSION_BITS, type FolderInode } from "./inode.js";
import { encoded, join, splitPath, toText, type Bytes } from "./path-bytes.js";
import { demand, demandRemoval, READ } from "./rights.js";
import type { ResolvedPath, View } from "./view.js";

const DEFAULT_MODE = 0o777;
const TEMPORARY_MODE = 0o700;

export async function makeFolder(view: View, path: Bytes, mode = DEFAULT_MODE): Promise<void> {
  const place = await view.find(path, "create");
  if (place.inode !== undefined || place.endsInDots !== undefined) throw new RefusedOperation("EEXIST");
  const attributes = newAttributes(constants.S_IFDIR, mode & ~process.umask() & (PERMISSION_BITS & ~0o6000), place.folder);
  await addEntry(view, place, { ...attributes, kind: "folder", base: undefined, entries: new Map() });
}

/** Makes a folder and its missing parents. Returns the first that was missing. */
export async function makeFolders(view: View, path: Bytes, mode = DEFAULT_MODE): Promise<string | undefined> {
  const { isAbsolute, names, endsInSeparator } = splitPath(path);
  let first: Bytes | undefined;
  for (let length = 1; length <= names.length; length++) {
    const part = `${isAbsolute ? "/" : ""}${names.slice(0, length).join("/")}`;
    const { inode } = await view.find(part, "follow");
    if (inode?.kind === "folder") continue;
    const isLast = length === names.length;
    if (inode !== undefined) throw new RefusedOperation(isLast && !endsInSeparator ? "EEXIST" : "ENOTDIR");
    if ((await view.find(part, "create")).inode !== undefined) throw new RefusedOperation(isLast ? "ENOENT" : "ENOTDIR"); // a link that leads nowhere
    await makeFolder(view, part, mode);
    first ??= isLast && endsInSeparator ? path : part;
  }
  return first === undefined ? undefined : toText(first);
}

const TEMPORARY_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Makes a folder whose name begins with the prefix. */
export async function makeTemporaryFolder(view: View, prefix: Bytes): Promise<Bytes> {
  for (;;) {
    const suffix = Array.from({ length: 6 }, () => TEMPORARY_LETTERS[Math.floor(Math.random() * TEMPORARY_LETTERS.length)]).join("");
    const path = prefix + suffix;
    if ((await view.find(path, "create")).inode !== undefined) continue;
    await makeFolder(view, path, TEMPORARY_MODE);
    return path;
  }
}

export async function removeFolder(view: View, place: ResolvedPath): Promise<void> {
  const inode = existing(place);
  if (place.endsInDots !== undefined)
    throw new RefusedOperation(place.endsInDots === "." ? "EINVAL" : place.endsInDots === ".." ? "ENOTEMPTY" : "EBUSY");
  demandRemoval(place.folder, inode);
  if (inode.kind !== "folder") throw new RefusedOperation("ENOTDIR");
  demandUnmounted(place.folder, inode);
  if (!(await isEmptyFolder(view, inode))) throw new RefusedOperation("ENOTEMPTY");
  await removeEntry(view, place, inode);
}

export interface ListOptions {
  readonly encoding?: BufferEncoding | "buffer" | null | undefined;
  readonly withFileTypes?: boolean | undefined;
  readonly recursive?: boolean | undefined;
}

type Listed = string | Buffer | FolderEntry<string | Buffer>;

/** The result of `readdir`, in no particular order. `path` is the folder as given by the caller. */
export async function listFolder(view: View, path: Bytes, options: ListOptions): Promise<Listed[]> {
  const inode = existing(await view.find(path, "follow"));
  if (inode.kind !== "folder") throw new RefusedOperation("ENOTDIR");
  return list(view, inode, path, "", options);
}

async function list(view: View, folder: FolderInode, path: Bytes, prefix: Bytes, options: ListOptions): Promise<Listed[]> {
  demand(folder, READ);
  const listed: Listed[] = [];
  for (const name of await view.names(folder)) {
    const needsInode = options.withFileTypes === true || options.recursive === true;
    const inode = needsInode ? await listedEntry(view, folder, name) : undefined;
    const shown =
      options.withFileTypes === true && inode !== undefined
        ? new FolderEntry(encoded(name, options.encoding), toText(path), inode)
        : encoded(prefix + name, options.encoding);
    listed.push(shown);
    if (options.recursive === true && inode?.kind === "folder")
      listed.push(...(await asNode("scandir", toText(path), () => list(view, inode, join(path, name), `${prefix}${name}/`, options))));
  }
  return listed;
}
