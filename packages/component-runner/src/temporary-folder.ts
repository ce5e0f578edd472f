import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "imagewright-run-";

/**
 * Makes a folder for the scripts of a run, which only the user of this process can enter, and removes it when the body has ended. It is in
 * memory if the system has such a place: scripts may contain secrets, which then never reach a disk, and a file there takes a tenth of the
 * time.
 */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(`/dev/shm/${PREFIX}`).catch(() => mkdtemp(join(tmpdir(), PREFIX)));
  try {
    return await work(folder);
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** Removes the folder left by a killed process. Does not touch anything else. */
export async function removeTemporaryFolder(folder: string): Promise<void> {
  if (basename(folder).startsWith(PREFIX)) await rm(folder, { recursive: true, force: true });
}
