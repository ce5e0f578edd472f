import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { identifyProcess, isAlive, isBeforeSystemStart, type ProcessIdentity, removeWithContent } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { DRAFT, notWritten, readRecord, writeRecord } from "./state-files.js";
import { OWNER_SCHEMA } from "./state-schemas.js";

/** Who holds a lease: one call in a process. */
export interface Owner extends ProcessIdentity {
  /** Distinguishes calls in one process. */
  readonly holder: string;
  /** Its folder for scripts, which remains if the process is killed. */
  readonly temporaryDirectory: string;
}

/** The right to continue a run, until it is released or its process ends. */
export interface RunLease {
  readonly number: number;
  readonly holder: string;
}

interface RecordedLease {
  readonly number: number;
  /** Undefined if the lease has been released. */
  readonly owner: Owner | undefined;
}

const LEASE = /^owner-(\d+)$/;
const FILE = "owner.json";
const RELEASED = "released.json";

// the holders in this process: its id alone does not tell one call from another, nor from an earlier process that had the same id
const holdersHere = new Set<string>();

/**
 * Takes the next lease on a run, and returns it with the previous owners that have not released theirs. Leases are numbered, and each is a
 * folder that appears atomically, so that only one of several callers, in one process or in several, gets the next one. Throws if the last
 * lease is still held.
 */
export async function acquireLease(
  folder: string,
  executionId: string,
  temporaryDirectory: string,
): Promise<{ readonly lease: RunLease; readonly before: readonly Owner[] }> {
  const leases = await leasesOf(folder);
  const { number: last, owner } = leases.at(-1) ?? { number: 0, owner: undefined };
  if (owner !== undefined && (await isHeld(owner, fileOf(folder, last))))
    throw runnerError("state-in-use", { executionId, pid: owner.pid });
  const lease = { number: last + 1, holder: randomUUID() };
  const next = join(folder, `owner-${lease.number}`);
  const draft = await mkdtemp(`${next}${DRAFT}`).catch((thrown: unknown) => {
    throw notWritten(next, thrown);
  });
  try {
    writeRecord(join(draft, FILE), {
      ...((await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: "" }),
      ...{ holder: lease.holder, temporaryDirectory },
    } satisfies Owner);
    await rename(draft, next).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== "ENOTEMPTY" && thrown.code !== "EEXIST") throw notWritten(next, thrown);
      throw runnerError("state-in-use", { executionId, pid: readOwner(next, folder)?.pid });
    });
  } catch (thrown) {
    await removeWithContent(draft);
    throw thrown;
  }
  holdersHere.add(lease.holder);
  return { lease, before: leases.flatMap((each) => each.owner ?? []) };
}

/**
 * Releases a lease, so that the run can be continued although this process goes on, or after a restart of the machine by a process that has
 * its id and start time. The lease's folder is never empty: a caller that was slow could replace it.
 */
export async function releaseLease(folder: string, { number, holder }: RunLease): Promise<void> {
  holdersHere.delete(holder);
  await rename(fileOf(folder, number), join(folder, `owner-${number}`, RELEASED)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== "ENOENT") throw notWritten(folder, thrown);
  });
}

/** No process outlives its system: that ends a lease without the start of its process too, such as one of an earlier version on Windows. */
async function isHeld(owner: Owner, record: string): Promise<boolean> {
  if (owner.pid === process.pid) return holdersHere.has(owner.holder);
  if (!(await isAlive(owner))) return false;
  if (owner.startTime !== "") return true;
  const written = await stat(record).catch(() => undefined); // gone: just released
  return written !== undefined && !isBeforeSystemStart(written.mtimeMs);
}

async function leasesOf(folder: string): Promise<RecordedLease[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const numbers = names
    .flatMap((name) => LEASE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return numbers.map((number) => ({ number, owner: readOwner(join(folder, `owner-${number}`), folder) }));
}

function fileOf(folder: string, number: number): string {
  return join(folder, `owner-${number}`, FILE);
}

/** The owner of a lease that has not been released. One that cannot be read is an error: its process may be running. */
function readOwner(lease: string, folder: string): Owner | undefined {
  return readRecord(join(lease, FILE), OWNER_SCHEMA, folder)?.value as Owner | undefined;
}
