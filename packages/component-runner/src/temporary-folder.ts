import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "imagewright-run-";

/**
 * Makes a folder for the scripts of a run, which only the user of this process can enter, and removes it when the work in it has ended. It is in
 * memory where the system has such a place: scripts may hold secrets, which then never reach a disk, and a file there costs a tenth of one on disk.
 */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(`/dev/shm/${PREFIX}`).catch(() => mkdtemp(join(tmpdir(), PREFIX)));
  try {
    return await work(folder);
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** Removes the folder that a process has left behind which had no time to do it. Anything else stays. */
export async function removeTemporaryFolder(folder: string): Promise<void> {
  if (basename(folder).startsWith(PREFIX)) await rm(folder, { recursive: true, force: true });
}
