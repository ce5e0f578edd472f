import { demandUnmounted, listedEntry, removeEntry } from "./entries.js";
import type { Inode } from "./inode.js";
import { demand, READ } from "./rights.js";
import type { Place, View } from "./view.js";

/** Removes an entry with everything below it. What cannot be removed stays, with the folders above it, and the first such failure is thrown. */
export async function removeTree(view: View, place: Pick<Place, "folder" | "name">, inode: Inode): Promise<void> {
  if (inode.kind === "folder") {
    // Node looks into a folder only after it could not remove it for being full
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
