import { lstat, readdir, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";

/** Removes whatever is at a path, a folder with its content; never what a link leads to. Nothing there is no error. */
export async function removeEntryByEntry(path: string): Promise<void> {
  try {
    if (!(await lstat(path)).isDirectory()) return await unlink(path);
    for (const name of await readdir(path)) await removeEntryByEntry(join(path, name));
    await rmdir(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw thrown;
  }
}
