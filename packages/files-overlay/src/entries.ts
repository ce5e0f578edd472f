import { RefusedOperation } from "./file-error.js";
import { touch, type FolderInode, type Inode } from "./inode.js";
import type { Bytes } from "./path-bytes.js";
import { isPredictable } from "./mounts.js";
import { demand, demandRemoval, EXECUTE, WRITE } from "./rights.js";
import type { ResolvedPath, View } from "./view.js";

/** Rejects a change in a file system where its effect cannot be predicted, and records the attempt. */
export function demandPredictable(view: View, { mount }: Inode): void {
  if (isPredictable(mount)) return;
  view.unpredictable.push(mount);
  throw new RefusedOperation("ENOTSUP");
}

/** Rejects a change of a file that nobody can write to, or where the effect cannot be predicted. */
export async function demandChangeable(view: View, inode: Inode): Promise<void> {
  demandPredictable(view, inode);
  await demandWritable(view, inode);
}

/** Rejects the removal or replacement of a mount point. */
export function demandUnmounted(folder: FolderInode, inode: Inode): void {
  if (inode.mount.id !== folder.mount.id) throw new RefusedOperation("EBUSY");
}

/** Rejects a write to a file system that is mounted read-only. */
export async function demandWritable(view: View, inode: Inode): Promise<void> {
  const base = inode.kind === "folder" || inode.kind === "special" ? inode.base : inode.kind === "file" ? inode.content.origin : undefined;
  if (base === undefined) return;
  await view.files.access(Buffer.from(base, "latin1"), 2).catch((thrown: NodeJS.ErrnoException) => {
    // access is checked against the owners and permissions of the view
    if (thrown.code === "EROFS") throw thrown;
  });
}

/** Adds a file to a folder under an unused name. */
export async function addEntry(view: View, { folder, name }: ResolvedPath, inode: Inode): Promise<void> {
  demandPredictable(view, folder);
  demand(folder, WRITE | EXECUTE);
  await demandWritable(view, folder);
  folder.entries.set(name, inode);
  touch(folder);
}

/** Removes a name from its folder. */
export async function removeEntry(view: View, { folder, name }: Pick<ResolvedPath, "folder" | "name">, inode: Inode): Promise<void> {
  demandPredictable(view, folder);
  demandRemoval(folder, inode);
  demandUnmounted(folder, inode);
  await demandWritable(view, folder);
  if (folder.base === undefined) folder.entries.delete(name);
  else folder.entries.set(name, null);
  inode.links -= inode.kind === "folder" ? 2 : 1;
  inode.ctimeMs = Date.now();
  touch(folder);
}

/** The entry of a path. Rejects a path without one. */
export function existing({ inode }: ResolvedPath): Inode {
  if (inode === undefined) throw new RefusedOperation("ENOENT");
  return inode;
}

/** Whether a folder has no entries in the view. */
export async function isEmptyFolder(view: View, folder: FolderInode): Promise<boolean> {
  return (await view.names(folder)).length === 0;
}

/** The entry of a folder by a name that was listed before. */
export async function listedEntry(view: View, folder: FolderInode, name: Bytes): Promise<Inode> {
  const inode = await view.entry(folder, name);
  if (inode === undefined) throw new RefusedOperation("ENOENT");
  return inode;
}
