import { rm } from "node:fs/promises";
import { IS_WINDOWS } from "./is-windows.js";
import { removeEntryByEntry } from "./windows/remove-entry-by-entry.js";

/**
 * Removes whatever is at a path, a folder with its content; nothing there is no error. On Windows entry by entry: Bun's own call for whole
 * folders needs a call of the system that Wine 8 lacks, so the packed agent could not be proved there.
 */
export const removeWithContent: (path: string) => Promise<void> = IS_WINDOWS
  ? removeEntryByEntry
  : (path) => rm(path, { recursive: true, force: true });
