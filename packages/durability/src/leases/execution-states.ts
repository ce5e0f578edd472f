import { readdir } from "node:fs/promises";
import { identifyHolder, livenessOf } from "./holder.js";
import { judgeLease, readClocks, type LeaseRecord, type LeaseStatus } from "./lease-record.js";
import { LeaseFiles } from "./lease-files.js";

export interface ExecutionState {
  readonly execution: string;
  readonly status: LeaseStatus;
  /** The lease that counts; undefined if there is none that can be read. */
  readonly lease: LeaseRecord | undefined;
}

/** Who has the lease of an execution, and whether it may be taken over or cleaned up. */
export async function stateOf(leasesFolder: string, execution: string): Promise<ExecutionState> {
  const { lease } = await new LeaseFiles(leasesFolder, execution).last();
  if (lease === undefined) return { execution, status: "free", lease };
  const here = await identifyHolder();
  return { execution, status: judgeLease(lease, await livenessOf(lease.holder, here), here, readClocks()), lease };
}

/** The states of all executions that have had a lease, by name. */
export async function listExecutions(leasesFolder: string): Promise<readonly ExecutionState[]> {
  const names = await readdir(leasesFolder).catch((thrown: NodeJS.ErrnoException): string[] => {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  });
  return Promise.all(names.sort().map((name) => stateOf(leasesFolder, decodeURIComponent(name))));
}
