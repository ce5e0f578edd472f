import type { ContainerHost, Leftover } from "@imagewright/build-hosts";
import { isImagewrightError } from "@imagewright/diagnostics";
import { removeAbandonedScratch } from "@imagewright/node-host";
import { readWaits } from "@imagewright/step-actions";
import type { ImageStore } from "../store/image-store.js";
import type { BuildFolders } from "./build-folders.js";
import { endAbandoned } from "./discard-build.js";
import type { EndParts } from "./end-build.js";
import { holdBuild } from "./held-build.js";
import { listBuilds, type UnendedBuild } from "./list-builds.js";
import { removeUnstored } from "./remove-unstored.js";
import { removeEndedRuns } from "./temporary-run.js";

/** How long a build can be resumed after the last sign of life of its process. */
export const RESUMABLE_HOURS = 24;

/** How much longer one can be resumed in which a step waits for an answer: as long as a step may wait. Source: guide chapter 38. */
const WAITING_HOURS = 7 * 24;

const HOUR = 60 * 60 * 1000;

export interface Abandoned {
  /** What was removed. */
  readonly removed: readonly Leftover[];
  /** The builds that can be resumed. */
  readonly resumable: readonly UnendedBuild[];
}

/**
 * Removes what processes that are no longer running have left in a host: builds that nobody has resumed in time, those that were ending,
 * and whatever has no build any more; in temporary folders what processes of any kind have left. Builds that can be resumed are not
 * touched. Errors: path-refused, before anything is removed, if others could have made the folders of builds or runs.
 */
export async function removeAbandoned(
  folders: BuildFolders,
  { host, store, now = new Date() }: { readonly host: ContainerHost; readonly store: ImageStore; readonly now?: Date },
): Promise<Abandoned> {
  folders.requireOwn();
  await removeAbandonedScratch();
  const resumable: UnendedBuild[] = [];
  const removed: Leftover[] = [];
  for (const build of await listBuilds(folders)) {
    if (build.status === "running") continue;
    const isOver = build.status === "ending" || now.getTime() > (await resumableUntil(folders, build));
    const isHere = build.stored === undefined || build.stored.settings.host === host.name;
    if (!isOver) resumable.push(build);
    else if (isHere) removed.push(...(await end(folders, build, { host, store })));
  }
  await removeEndedRuns(folders);
  await removeUnstored(folders);
  await folders.forgetOwners();
  removed.push(...(await host.removeOrphans({ has: (owner) => folders.isOwner(owner) })));
  return { removed, resumable };
}

/** In milliseconds of the epoch. */
async function resumableUntil(folders: BuildFolders, { id, lastSignOfLife }: UnendedBuild): Promise<number> {
  // a record that is damaged is one of a step that waits; a folder that cannot be read is no reason to keep a build
  const { waits, damaged } = await readWaits(folders.folderOf(id)).catch(() => ({ waits: [], damaged: [] }));
  const ends = [...waits, ...damaged].map(({ since }) => Date.parse(since) + WAITING_HOURS * HOUR);
  return Math.max(lastSignOfLife.getTime(), ...ends.filter((end) => !Number.isNaN(end))) + RESUMABLE_HOURS * HOUR;
}

/** Nothing if another process has it by now. */
async function end(folders: BuildFolders, { id }: UnendedBuild, parts: Omit<EndParts, "keepNumber">): Promise<readonly Leftover[]> {
  const hold = await holdBuild(folders, id).catch((thrown: unknown) => {
    if (!isImagewrightError(thrown)) throw thrown;
    return undefined;
  });
  return hold === undefined ? [] : endAbandoned(hold, parts);
}
