import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describeCause } from "@imagewright/diagnostics";
import { stateOf } from "@imagewright/durability";
import { readBuildEnd } from "./build-end.js";
import type { BuildFolders } from "./build-folders.js";
import { leaseFolder } from "./held-build.js";
import { readStoredBuild, type StoredBuild } from "./stored-build.js";

/** A build that has not ended. */
export interface UnendedBuild {
  readonly id: string;
  /** Undefined if its file cannot be used; `problem` says why. */
  readonly stored: StoredBuild | undefined;
  readonly problem?: string;
  /**
   * - running: a process works on it
   * - resumable: its process has ended
   * - ending: its process has ended while it removed what is not kept
   */
  readonly status: "running" | "resumable" | "ending";
  /** The process that works on it. */
  readonly pid?: number;
  /** What it was doing, such as "build". */
  readonly stage: string | undefined;
  readonly lastSignOfLife: Date;
}

/** The builds that have not ended, the oldest first. */
export async function listBuilds(folders: BuildFolders): Promise<readonly UnendedBuild[]> {
  const ids = (await folders.ids()).filter((id) => existsSync(join(folders.folderOf(id), "build.json")));
  return Promise.all(ids.map((id) => inspect(folders.folderOf(id), id)));
}

async function inspect(folder: string, id: string): Promise<UnendedBuild> {
  const { status, lease } = await stateOf(leaseFolder(folder), id);
  const ending = (await readBuildEnd(folder)) !== undefined;
  const renewed = lease === undefined ? 0 : Date.parse(lease.expiresAt) - lease.milliseconds;
  const { mtimeMs } = await stat(join(folder, "journal.jsonl")).catch(() => stat(folder));
  return {
    id,
    ...(await readStored(folder)),
    ...(status === "held" ? { status: "running", ...(lease && { pid: lease.holder.pid }) } : { status: ending ? "ending" : "resumable" }),
    stage: await readFile(join(folder, "stage"), "utf8").catch(() => undefined),
    lastSignOfLife: new Date(Math.max(renewed, mtimeMs)),
  };
}

async function readStored(folder: string): Promise<Pick<UnendedBuild, "stored" | "problem">> {
  try {
    return { stored: await readStoredBuild(folder) };
  } catch (thrown) {
    return { stored: undefined, problem: describeCause(thrown) };
  }
}
