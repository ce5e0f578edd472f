import { RefusedOperation } from "./file-error.js";
import { touch, type FolderInode, type Inode } from "./inode.js";
import type { Bytes } from "./path-bytes.js";
import { isTellable } from "./mounts.js";
import { demand, demandRemoval, EXECUTE, WRITE } from "./rights.js";
import type { Place, View } from "./view.js";

/** Refuses to change what is in a file system where nobody can tell what a change does, and notes that it was asked for. */
export function demandTellable(view: View, { mount }: Inode): void {
  if (isTellable(mount)) return;
  view.unpredictable.push(mount);
  throw new RefusedOperation("ENOTSUP");
}

/** Refuses to change a file that cannot be written to, whoever asks, or of which nobody can tell what a change does. */
export async function demandChangeable(view: View, inode: Inode): Promise<void> {
  demandTellable(view, inode);
  await demandWritable(view, inode);
}

/** Refuses to take away or replace what a file system is mounted on. */
export function demandUnmounted(folder: FolderInode, inode: Inode): void {
  if (inode.mount.id !== folder.mount.id) throw new RefusedOperation("EBUSY");
}

/** Refuses to write where the real file system is mounted so that nobody can. */
export async function demandWritable(view: View, inode: Inode): Promise<void> {
  const base = inode.kind === "folder" || inode.kind === "special" ? inode.base : inode.kind === "file" ? inode.content.origin : undefined;
  if (base === undefined) return;
  await view.files.access(Buffer.from(base, "latin1"), 2).catch((thrown: NodeJS.ErrnoException) => {
    // rights are checked by what the view knows of owners and permissions
    if (thrown.code === "EROFS") throw thrown;
  });
}

/** Puts a file into a folder under a name that is free. */
export async function addEntry(view: View, { folder, name }: Place, inode: Inode): Promise<void> {
  demandTellable(view, folder);
  demand(folder, WRITE | EXECUTE);
  await demandWritable(view, folder);
  folder.entries.set(name, inode);
  touch(folder);
}

/** Takes a name out of its folder. */
export async function removeEntry(view: View, { folder, name }: Pick<Place, "folder" | "name">, inode: Inode): Promise<void> {
  demandTellable(view, folder);
  demandRemoval(folder, inode);
  demandUnmounted(folder, inode);
  await demandWritable(view, folder);
  if (folder.base === undefined) folder.entries.delete(name);
  else folder.entries.set(name, null);
  inode.links -= inode.kind === "folder" ? 2 : 1;
  inode.ctimeMs = Date.now();
  touch(folder);
}

/** What a path has to lead to. */
export function existing({ inode }: Place): Inode {
  if (inode === undefined) throw new RefusedOperation("ENOENT");
  return inode;
}

/** Whether a folder has no entries in the view. */
export async function isEmptyFolder(view: View, folder: FolderInode): Promise<boolean> {
  return (await view.names(folder)).length === 0;
}

/** The entry of a folder by name, which has been listed before. */
export async function listedEntry(view: View, folder: FolderInode, name: Bytes): Promise<Inode> {
  const inode = await view.entry(folder, name);
  if (inode === undefined) throw new RefusedOperation("ENOENT");
  return inode;
}
