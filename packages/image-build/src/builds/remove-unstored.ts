import { existsSync } from "node:fs";
import { join } from "node:path";
import { removeAtomically, removeRemainders } from "@imagewright/node-host";
import type { BuildFolders } from "./build-folders.js";
import { isDeserted } from "./is-deserted.js";

/** Removes the folders of builds whose process was killed before it had stored them, and the rest of those that one was removing. */
export async function removeUnstored(folders: BuildFolders): Promise<void> {
  for (const root of [folders.root, folders.runs]) await removeRemainders(root);
  for (const id of await folders.ids()) {
    const folder = folders.folderOf(id);
    const isStored = existsSync(join(folder, "build.json")) || existsSync(join(folder, "end.json"));
    if (!isStored && (await isDeserted(folder, id))) await removeAtomically(folder);
  }
}
