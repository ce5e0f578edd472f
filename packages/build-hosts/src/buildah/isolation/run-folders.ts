import { mkdir, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RUN_FOLDERS } from "./isolated-run.js";

const CONTROL_GROUPS = "/sys/fs/cgroup";
const MOST_TRIES = 100;
const PAUSE_MILLISECONDS = 20;

export async function makeRunFolders(folder: string): Promise<void> {
  for (const name of RUN_FOLDERS) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
}

/** The variables with which buildah puts its temporary files there. */
export function temporaryFiles(folder: string): Readonly<Record<string, string>> {
  return { TMPDIR: join(folder, "tmp") };
}

/**
 * Removes the control groups of runs that were killed: all that they leave outside of their folders. A runtime calls them after the
 * container, and buildah calls that after its folder of temporary files, which is gone if a run has ended by itself.
 */
export async function removeControlGroups(folder: string): Promise<void> {
  const names = (await readdir(join(folder, "tmp")).catch(() => [])).filter((name) => /^buildah\d+$/.test(name));
  if (names.length > 0) await removeBelow(CONTROL_GROUPS, (name) => names.some((known) => name.endsWith(known)));
}

async function removeBelow(parent: string, isLeft: (name: string) => boolean): Promise<void> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((found) => found.isDirectory())) {
    const path = join(parent, entry.name);
    await removeBelow(path, isLeft(entry.name) ? () => true : isLeft);
    if (isLeft(entry.name)) await removeGroup(path);
  }
}

/** The kernel refuses while the last process of a group is going. What an ordinary user may not remove was not made by the run. */
async function removeGroup(path: string): Promise<void> {
  for (let triesLeft = MOST_TRIES; triesLeft > 0; triesLeft--) {
    const code = await rmdir(path).then(
      () => undefined,
      (thrown: NodeJS.ErrnoException) => thrown.code,
    );
    if (code !== "EBUSY") return;
    await sleep(PAUSE_MILLISECONDS);
  }
}
