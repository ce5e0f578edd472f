import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { makeNewFolder } from "./private-files/make-new-folder.js";

/**
 * Makes a folder and its missing parents; existing folders stay as they are. Rejects with the errors of Node's `mkdir`, whose
 * `recursive` option is not used: it never returns if the system refuses to create a folder in an existing one, as in /proc.
 */
export async function makeFolders(path: string, mode = 0o777): Promise<void> {
  try {
    if (mode === 0o700) makeNewFolder(path);
    else await mkdir(path, mode);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await isFolder(path))) return;
    const parent = dirname(path);
    // a drive of Windows that is not there has no parent
    if (code !== "ENOENT" || parent === path || (await isFolder(parent))) throw thrown;
    await makeFolders(parent, mode);
    await makeFolders(path, mode);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
