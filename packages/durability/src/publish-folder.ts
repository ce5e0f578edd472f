import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Separates the name of a folder from that of its drafts. */
const DRAFT = "~";

/**
 * Makes a folder with one file in it appear at once, unless it is there with a file already: of several processes one succeeds, and the
 * others get false. On disk when the promise resolves. A folder is renamed because every file system can do that; hard links are rarer.
 */
export async function publishFolder(target: string, file: string, text: string): Promise<boolean> {
  const draft = await mkdtemp(join(dirname(target), `${basename(target)}${DRAFT}`));
  try {
    await writeSynced(join(draft, file), text);
    await rename(draft, target);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw thrown;
  }
  await syncFolder(dirname(target));
  return true;
}

/** Writes a file for its owner only, on disk when the promise resolves. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes names that have appeared in a folder outlive a crash of the machine. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
