import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for the scripts of a run, which only the user of this process can enter. It is in memory where the system has such a place: scripts
 * may hold secrets, which then never reach a disk, and a file there costs a tenth of one on disk.
 */
export async function makeTemporaryFolder(): Promise<string> {
  return mkdtemp("/dev/shm/imagewright-run-").catch(() => mkdtemp(join(tmpdir(), "imagewright-run-")));
}
