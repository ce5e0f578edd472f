import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost } from "@imagewright/build-hosts";
import { ExecutionLease, openJournal, type Durability } from "@imagewright/durability";
import { isRemainder, makePrivateFolder, removeAtomically } from "@imagewright/node-host";
import type { BuildFolders } from "./build-folders.js";
import { createRunId } from "./build-id.js";
import { leaseFolder } from "./held-build.js";
import { isDeserted } from "./is-deserted.js";

/** What a run without a build acts with. */
export interface TemporaryRun {
  /** The owner of what it makes. */
  readonly owner: string;
  readonly durability: Durability;
}

/**
 * Runs the body as an owner of machines that no other process removes while this one lives. All that it has made is removed at the end; if
 * this process is killed, by the next one.
 */
export async function withTemporaryRun<Result>(
  folders: BuildFolders,
  host: ContainerHost,
  signal: AbortSignal,
  body: (run: TemporaryRun) => Promise<Result>,
): Promise<Result> {
  const owner = createRunId(new Date());
  const folder = join(folders.runs, owner);
  await makePrivateFolder(folders.runs);
  await mkdir(folder, { mode: 0o700 });
  const lease = await ExecutionLease.acquire(leaseFolder(folder), owner);
  await folders.addOwner(owner, folder);
  try {
    const journal = await openJournal(join(folder, "journal.jsonl"), { guard: lease });
    try {
      return await body({ owner, durability: journal.durability(signal) });
    } finally {
      await journal.close();
      await host.removeOrphans({ has: (other) => other !== owner });
    }
  } finally {
    await lease.release();
    await removeAtomically(folder);
    await folders.removeOwner(owner);
  }
}

/** Removes the folders of runs whose process has ended, so that they own nothing any more. */
export async function removeEndedRuns({ runs }: BuildFolders): Promise<void> {
  for (const id of (await readdir(runs).catch(() => [])).filter((name) => !isRemainder(name))) {
    const folder = join(runs, id);
    if (await isDeserted(folder, id)) await removeAtomically(folder);
  }
}
