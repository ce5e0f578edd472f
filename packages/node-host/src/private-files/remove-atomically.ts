import { randomBytes } from "node:crypto";
import { readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeWithContent } from "../remove-with-content.js";

const REMOVED = ".removed~";

/**
 * Removes a folder with everything in it: first its name, in one go, then the rest. A process that is killed in between leaves the rest
 * under a hidden name beside it, until `removeRemainders`. One that is not there is no error. Rejects with the errors of Node's `rename`.
 */
export async function removeAtomically(path: string): Promise<void> {
  const removed = join(dirname(path), `${REMOVED}${randomBytes(8).toString("hex")}`);
  try {
    await rename(path, removed);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return;
    throw thrown;
  }
  await removeWithContent(removed);
}

/** Whether a name is that of the rest of a removed folder. */
export function isRemainder(name: string): boolean {
  return name.startsWith(REMOVED);
}

/** Removes what killed processes have left of removed folders. The folder must be private, as by `checkPrivateFolder`. */
export async function removeRemainders(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter(isRemainder)) await removeWithContent(join(folder, name));
}
