import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import { ExecutionLease, openJournal, type Durability } from "@imagewright/durability";
import { isRemainder, makePrivateFolder, removeAtomically } from "@imagewright/node-host";
import { keepMachines, keepsMachine, type KeptMachine } from "../kept/kept-machine.js";
import type { BuildFolders } from "./build-folders.js";
import { createRunId } from "./build-id.js";
import { leaseFolder } from "./held-build.js";
import { isDeserted } from "./is-deserted.js";
import { journalOf } from "./journal-of.js";

/** What a run without a build acts with. */
export interface TemporaryRun {
  /** The owner of what it makes. */
  readonly owner: string;
  /** Only for this user, until the run ends. */
  readonly folder: string;
  readonly durability: Durability;
  /** Keeps a machine, with all that the run has made, until somebody removes it. */
  keep(machine: MachineRef, purpose: string): Promise<KeptMachine>;
}

/**
 * Runs the body as an owner of machines that no other process removes while this one lives. All that it has made is removed at the end; if
 * this process is killed, by the next one. A run that keeps a machine is not removed.
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
    const journal = await openJournal(journalOf(folder), { guard: lease });
    try {
      const keep = (machine: MachineRef, purpose: string) => keepMachines(folder, host, { owner, machines: [machine], purpose });
      return await body({ owner, folder, durability: journal.durability(signal), keep });
    } finally {
      await journal.close();
      if (!keepsMachine(folder)) await host.removeOrphans({ has: (other) => other !== owner });
    }
  } finally {
    await lease.release();
    if (!keepsMachine(folder)) {
      await removeAtomically(folder);
      await folders.removeOwner(owner);
    }
  }
}

/** Removes the folders of runs whose process has ended, so that they own nothing any more; not of those that keep a machine. */
export async function removeEndedRuns({ runs }: BuildFolders): Promise<void> {
  for (const id of (await readdir(runs).catch(() => [])).filter((name) => !isRemainder(name))) {
    const folder = join(runs, id);
    if (!keepsMachine(folder) && (await isDeserted(folder, id))) await removeAtomically(folder);
  }
}
