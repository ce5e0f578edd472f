import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describeCause } from "@imagewright/diagnostics";
import { stateOf } from "@imagewright/durability";
import { checkPrivateFolder, readOwnFile } from "@imagewright/node-host";
import { readBuildEnd } from "./build-end.js";
import type { BuildFolders } from "./build-folders.js";
import { leaseFolder } from "./held-build.js";
import { journalOf } from "./journal-of.js";
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

const LONGEST_STAGE = 100;

/** The builds that have not ended, the oldest first. */
export async function listBuilds(folders: BuildFolders): Promise<readonly UnendedBuild[]> {
  const ids = (await folders.ids()).filter((id) => existsSync(join(folders.folderOf(id), "build.json")));
  return Promise.all(ids.map((id) => inspect(folders.folderOf(id), id)));
}

/** One that is damaged hides none of the others. */
async function inspect(folder: string, id: string): Promise<UnendedBuild> {
  try {
    checkPrivateFolder(folder);
    return await read(folder, id);
  } catch (thrown) {
    return { id, stored: undefined, problem: describeCause(thrown), status: "resumable", stage: undefined, lastSignOfLife: new Date() };
  }
}

async function read(folder: string, id: string): Promise<UnendedBuild> {
  const { status, lease } = await stateOf(leaseFolder(folder), id);
  const { stored, problem, ending } = readStored(folder);
  const renewed = lease === undefined ? 0 : Date.parse(lease.expiresAt) - lease.milliseconds;
  const { mtimeMs } = await stat(journalOf(folder)).catch(() => stat(folder));
  return {
    id,
    ...{ stored, ...(problem !== undefined && { problem }) },
    ...(status === "held" ? { status: "running", ...(lease && { pid: lease.holder.pid }) } : { status: ending ? "ending" : "resumable" }),
    stage: readOwnFile(join(folder, "stage"), LONGEST_STAGE)?.toString("utf8") || undefined,
    lastSignOfLife: new Date(Math.max(renewed, mtimeMs)),
  };
}

function readStored(folder: string): Pick<UnendedBuild, "stored" | "problem"> & { readonly ending: boolean } {
  try {
    const ending = readBuildEnd(folder) !== undefined;
    return { stored: readStoredBuild(folder), ending };
  } catch (thrown) {
    return { stored: undefined, problem: describeCause(thrown), ending: false };
  }
}
