import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BuildFolders } from "./build-folders.js";
import { isDeserted } from "./is-deserted.js";

/** Removes the folders of builds whose process was killed before it had stored them: they have nothing. */
export async function removeUnstored(folders: BuildFolders): Promise<void> {
  for (const id of await folders.ids()) {
    const folder = folders.folderOf(id);
    const isStored = existsSync(join(folder, "build.json")) || existsSync(join(folder, "end.json"));
    if (!isStored && (await isDeserted(folder, id))) await rm(folder, { recursive: true, force: true });
  }
}
