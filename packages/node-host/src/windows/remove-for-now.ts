import { setTimeout } from "node:timers/promises";
import { removeEntryByEntry } from "./remove-entry-by-entry.js";

const TRIES = 5;
const MILLISECONDS_BETWEEN = 100;

/**
 * Removes a folder with its content, as far as that can be done: a virus scanner, or what a program has left running, can have a file open.
 * What stays is for the next process that looks for abandoned folders, and fails nothing that is done.
 */
export async function removeForNow(path: string, remove: (path: string) => Promise<void> = removeEntryByEntry): Promise<void> {
  for (let left = TRIES; left > 0; left--) {
    try {
      return await remove(path);
    } catch {
      await setTimeout(MILLISECONDS_BETWEEN);
    }
  }
}
