import type { FileSystem } from "@imagewright/action-contract";
import { attempt, type FilePath } from "@imagewright/action-modules-core";
import type { Entry } from "./entry.js";

/** A change to a folder and to everything in it. */
export interface TreeChange {
  readonly files: FileSystem;
  readonly signal: AbortSignal;
  /** Whether a folder is changed before or after its content. */
  readonly folders: "first" | "last";
  /** Changes one entry; returns whether it changed. A link in the tree is passed as the link itself. */
  readonly change: (entry: Entry) => Promise<boolean>;
}

const SEPARATOR = Buffer.from("/");

/**
 * Changes the whole tree up to the first failure. Links are not followed, so nothing outside the tree is reached. Returns whether anything
 * changed.
 */
export async function changeTree(tree: TreeChange, folder: Entry): Promise<boolean> {
  const first = tree.folders === "first" && (await tree.change(folder));
  const content = await changeContent(tree, Buffer.from(folder.path));
  const last = tree.folders === "last" && (await tree.change(folder));
  return first || content || last;
}

async function changeContent(tree: TreeChange, folder: Buffer): Promise<boolean> {
  // names as bytes, since they need not be UTF-8
  const names = await attempt("read folder", folder, () => tree.files.readdir(folder, { encoding: "buffer" }));
  let changed = false;
  for (const name of names.sort(Buffer.compare)) {
    tree.signal.throwIfAborted();
    const entry = await entryBelow(folder, name, tree.files);
    const other = await (entry.facts.isDirectory() ? changeTree(tree, entry) : tree.change(entry));
    changed ||= other;
  }
  return changed;
}

async function entryBelow(folder: Buffer, name: Buffer, files: FileSystem): Promise<Entry> {
  const path: FilePath = Buffer.concat(folder.at(-1) === SEPARATOR[0] ? [folder, name] : [folder, SEPARATOR, name]);
  return { path, facts: await attempt("look at", path, () => files.lstat(path)) };
}
