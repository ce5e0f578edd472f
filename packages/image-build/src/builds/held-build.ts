import { existsSync } from "node:fs";
import { join } from "node:path";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { ExecutionLease } from "@imagewright/durability";
import { removeAtomically } from "@imagewright/node-host";
import { buildError } from "../errors.js";
import type { BuildPlan } from "../plan/build-plan.js";
import { keepsMachine } from "../kept/kept-machine.js";
import { describeEnd, readBuildEnd, type BuildEnd } from "./build-end.js";
import type { BuildFolders } from "./build-folders.js";
import { readStoredBuild, writeStoredBuild, type BuildSettings, type StoredBuild } from "./stored-build.js";

/** A build that this process has, and no other. */
export interface Hold {
  readonly id: string;
  readonly folder: string;
  readonly folders: BuildFolders;
  readonly lease: ExecutionLease;
  /** Its end, if the process that recorded it was killed before it had removed what is not kept; undefined also if that is damaged. */
  readonly end: BuildEnd | undefined;
}

/** With all that the build was started with. */
export interface HeldBuild extends Hold {
  readonly stored: StoredBuild;
}

/** Stores a new build and holds it. */
export async function startBuild(folders: BuildFolders, plan: BuildPlan, settings: BuildSettings): Promise<HeldBuild> {
  const now = new Date();
  const id = await folders.create(now);
  const folder = folders.folderOf(id);
  const lease = await ExecutionLease.acquire(leaseFolder(folder), id);
  const stored = { id, startedAt: now.toISOString(), plan, settings };
  await writeStoredBuild(folder, stored);
  await folders.addOwner(id, folder);
  return { id, folder, folders, lease, stored, end: undefined };
}

/** Takes over a build whose process has ended. Errors: build-unknown, build-ended, build-kept, build-in-use. */
export async function holdBuild(folders: BuildFolders, id: string): Promise<Hold> {
  const folder = await folders.require(id);
  requireUnended(folder, id);
  const lease = await acquire(folder, id);
  try {
    // it may have been ended by the process that had it until now
    requireUnended(folder, id);
    // it may have been killed before it had noted that: others would remove its machine while it goes on
    await folders.addOwner(id, folder);
    return { id, folder, folders, lease, end: usableEnd(folder) };
  } catch (thrown) {
    await lease.release();
    throw thrown;
  }
}

/** Reads what a build was started with. Gives the build up if its state cannot be used. Errors: build-unknown, build-not-readable. */
export async function loadBuild(hold: Hold): Promise<HeldBuild> {
  try {
    // a build that has ended, and of which it cannot be told how, must not be done again
    readBuildEnd(hold.folder);
    const stored = readStoredBuild(hold.folder);
    if (stored === undefined) throw buildError("build-unknown", { build: hold.id, nearest: undefined });
    return { ...hold, stored };
  } catch (thrown) {
    await hold.lease.release();
    throw thrown;
  }
}

/** Removes the whole folder of a build that this process holds, at once. */
export async function removeBuild({ folder, lease }: Hold): Promise<void> {
  await lease.release();
  await removeAtomically(folder);
}

/** The folder of a build's lease. */
export function leaseFolder(folder: string): string {
  return join(folder, "lease");
}

function requireUnended(folder: string, id: string): void {
  if (existsSync(join(folder, "build.json"))) return;
  const end = endAsText(folder);
  if (end === undefined) throw buildError("build-unknown", { build: id, nearest: undefined });
  throw buildError(keepsMachine(folder) ? "build-kept" : "build-ended", { build: id, end });
}

function endAsText(folder: string): string | undefined {
  try {
    const end = readBuildEnd(folder);
    return end && describeEnd(end);
  } catch (thrown) {
    return `it has ended, and it is not known how: ${describeCause(thrown)}`;
  }
}

function usableEnd(folder: string): BuildEnd | undefined {
  try {
    return readBuildEnd(folder);
  } catch {
    return undefined; // whoever goes on with the build gets the error; whoever removes it does not need it
  }
}

async function acquire(folder: string, id: string): Promise<ExecutionLease> {
  try {
    return await ExecutionLease.acquire(leaseFolder(folder), id);
  } catch (thrown) {
    if (!isImagewrightError(thrown) || thrown.code !== "durability/lease-held") throw thrown;
    const { pid, hostName } = thrown.data as { pid: number | undefined; hostName: string | undefined };
    throw buildError("build-in-use", { build: id, pid, hostName }, { cause: thrown });
  }
}
