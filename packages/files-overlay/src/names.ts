import { fileId, type FileFacts } from "./file-facts.js";
import type { FolderInode, Inode } from "./inode.js";

/** How many names of each file the view has loaded, from a folder down. */
export function countNames(folder: FolderInode, counts = new Map<Inode, number>()): ReadonlyMap<Inode, number> {
  for (const inode of folder.entries.values()) {
    if (inode === null) continue;
    if (inode.kind === "folder") countNames(inode, counts);
    else counts.set(inode, (counts.get(inode) ?? 0) + 1);
  }
  return counts;
}

/** The facts about the other names of a file; none if it has only one name. */
export function nameFacts(inode: Inode, counts: ReadonlyMap<Inode, number>): Pick<FileFacts, "file" | "unseenNames"> {
  if (inode.kind === "folder" || inode.links < 2) return {};
  return { file: fileId(inode), unseenNames: inode.links - (counts.get(inode) ?? 0) };
}
