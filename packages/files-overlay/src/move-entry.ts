import { addEntry, demandPredictable, demandUnmounted, existing, isEmptyFolder, removeEntry } from "./entries.js";
import { RefusedOperation } from "./file-error.js";
import { type Inode } from "./inode.js";
import { demand, demandRemoval, EXECUTE, WRITE } from "./rights.js";
import type { ResolvedPath, View } from "./view.js";

/** Moves an entry as rename(2) does, replacing the entry at the new name. */
export async function moveEntry(view: View, from: ResolvedPath, to: ResolvedPath): Promise<void> {
  if (from.lastMount.id !== to.lastMount.id) throw new RefusedOperation("EXDEV");
  if (from.endsInDots !== undefined || to.endsInDots !== undefined) throw new RefusedOperation("EBUSY");
  const inode = existing(from);
  if (inode.kind !== "folder" && (from.endsInSeparator || to.endsInSeparator)) throw new RefusedOperation("ENOTDIR");
  if (inode.kind === "folder" && (to.above.includes(inode) || to.folder === inode)) throw new RefusedOperation("EINVAL");
  if (to.inode !== undefined && from.above.some((folder) => folder === to.inode)) throw new RefusedOperation("ENOTEMPTY");
  if (to.inode === inode) return;
  demandPredictable(view, from.folder);
  demandRemoval(from.folder, inode);
  demand(to.folder, WRITE | EXECUTE);
  if (to.inode !== undefined) demandReplaceable(inode, { ...to, inode: to.inode });
  // moving a folder to another parent rewrites its `..` entry
  if (inode.kind === "folder" && from.folder !== to.folder) demand(inode, WRITE);
  for (const [{ folder }, entry] of [
    [from, inode],
    [to, to.inode],
  ] as const)
    if (entry !== undefined) demandUnmounted(folder, entry);
  if (to.inode?.kind === "folder" && !(await isEmptyFolder(view, to.inode))) throw new RefusedOperation("ENOTEMPTY");
  if (to.inode !== undefined) await removeEntry(view, to, to.inode);
  await removeEntry(view, from, inode);
  await addEntry(view, to, inode);
  inode.links += inode.kind === "folder" ? 2 : 1;
}

function demandReplaceable(inode: Inode, target: ResolvedPath & { readonly inode: Inode }): void {
  demandRemoval(target.folder, target.inode);
  if (inode.kind === "folder" && target.inode.kind !== "folder") throw new RefusedOperation("ENOTDIR");
  if (inode.kind !== "folder" && target.inode.kind === "folder") throw new RefusedOperation("EISDIR");
}
