import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { identifyProcess, isAlive, type ProcessIdentity } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { DRAFT, notWritten, readJson, writeJson } from "./state-files.js";

/** The process that runs a run. */
export interface Owner extends ProcessIdentity {
  /** Its folder for scripts, which remains if it is killed. */
  readonly temporaryDirectory: string;
}

/** The lease of a process on a run. The last one is the owner's, unless released. */
interface Lease {
  readonly number: number;
  readonly owner: Owner | undefined;
}

const LEASE = /^owner-(\d+)$/;
const FILE = "owner.json";

/**
 * Makes this process the owner of a run, and returns the previous owners that have not released their leases. Leases are numbered, and each
 * is a folder that appears atomically: only one of several processes gets the next one. Throws if the owner is still running.
 */
export async function acquireLease(folder: string, executionId: string, temporaryDirectory: string): Promise<readonly Owner[]> {
  const leases = await leasesOf(folder);
  const { number, owner } = leases.at(-1) ?? { number: 0, owner: undefined };
  if (owner !== undefined && owner.pid !== process.pid && (await isAlive(owner)))
    throw runnerError("state-in-use", { executionId, pid: owner.pid });
  const next = join(folder, `owner-${number + 1}`);
  const draft = await mkdtemp(`${next}${DRAFT}`).catch((thrown: unknown) => {
    throw notWritten(next, thrown);
  });
  try {
    await writeJson(join(draft, FILE), {
      ...((await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: "" }),
      temporaryDirectory,
    } satisfies Owner);
    await rename(draft, next).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== "ENOTEMPTY" && thrown.code !== "EEXIST") throw notWritten(next, thrown);
      throw runnerError("state-in-use", { executionId, pid: (await readOwner(join(next, FILE)))?.pid });
    });
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    throw thrown;
  }
  return leases.flatMap((lease) => lease.owner ?? []);
}

/** Releases the lease of this process: after a restart of the machine another process may have its id and start time. */
export async function releaseLease(folder: string): Promise<void> {
  const last = (await leasesOf(folder)).at(-1);
  if (last !== undefined) await rm(fileOf(folder, last.number), { force: true });
}

async function leasesOf(folder: string): Promise<Lease[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const numbers = names
    .flatMap((name) => LEASE.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return Promise.all(numbers.map(async (number) => ({ number, owner: await readOwner(fileOf(folder, number)) })));
}

function fileOf(folder: string, number: number): string {
  return join(folder, `owner-${number}`, FILE);
}

/** A lease that cannot be read, as after a crash of the machine, belongs to a process that is no longer running. */
async function readOwner(path: string): Promise<Owner | undefined> {
  const owner = (await readJson(path).catch(() => undefined)) as Partial<Owner> | null | undefined;
  return typeof owner?.pid === "number" && typeof owner.startTime === "string"
    ? { pid: owner.pid, startTime: owner.startTime, temporaryDirectory: owner.temporaryDirectory ?? "" }
    : undefined;
}
