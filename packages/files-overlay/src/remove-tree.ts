import { demandUnmounted, listedEntry, removeEntry } from "./entries.js";
import type { Inode } from "./inode.js";
import { demand, READ } from "./rights.js";
import type { ResolvedPath, View } from "./view.js";

/**
 * Removes an entry with everything below it. Entries that cannot be removed stay, with the folders above them, and the first such failure
 * is thrown.
 */
export async function removeTree(view: View, place: Pick<ResolvedPath, "folder" | "name">, inode: Inode): Promise<void> {
  if (inode.kind === "folder") {
    // Node reads a folder only after removing it failed because it is not empty
    demandUnmounted(place.folder, inode);
    const names = await view.names(inode);
    if (names.length > 0) demand(inode, READ);
    const failures: unknown[] = [];
    for (const name of names) {
      await removeTree(view, { folder: inode, name }, await listedEntry(view, inode, name)).catch((thrown: unknown) =>
        failures.push(thrown),
      );
    }
    if (failures.length > 0) throw failures[0];
  }
  await removeEntry(view, place, inode);
}
