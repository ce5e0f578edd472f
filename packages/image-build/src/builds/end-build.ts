import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerHost, Leftover } from "@imagewright/build-hosts";
import { keepsMachine } from "../kept/kept-machine.js";
import { unnameImage } from "../steps/name-image.js";
import type { ImageStore } from "../store/image-store.js";
import { writeBuildEnd, type BuildEnd } from "./build-end.js";
import { leaseFolder, type Hold } from "./held-build.js";

export interface EndParts {
  readonly host: ContainerHost;
  readonly store: ImageStore;
  /** Whether a build that has not succeeded keeps its number. */
  readonly keepNumber: boolean;
  /** Awaited when nothing is left of the build but its folder. */
  readonly onRemoved?: (() => Promise<void>) | undefined;
}

/**
 * Ends a build: its end is recorded, then what it has made and not kept is removed, at last the hold on it. Returns what was removed. May
 * be repeated after a kill; the record of the first time stands.
 */
export async function endBuild({ id, folder, folders, lease }: Hold, parts: EndParts, end: BuildEnd): Promise<readonly Leftover[]> {
  writeBuildEnd(folder, end);
  const keeps = keepsMachine(folder);
  const removed = await undo(id, folder, parts, keeps);
  await parts.onRemoved?.();
  for (const name of await readdir(folder))
    if (!KEPT.includes(name) && !LAST.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
  if (!keeps) await folders.removeOwner(id);
  await lease.release();
  await rm(leaseFolder(folder), { recursive: true, force: true });
  // the last one: without it the build has ended
  await rm(join(folder, "build.json"), { force: true });
  return removed;
}

/** Removes what a build has made in the host, unless it keeps it, and in the store. An image that is published stays. */
async function undo(build: string, folder: string, { host, store, keepNumber }: EndParts, keeps: boolean): Promise<readonly Leftover[]> {
  const reservation = await store.reservationOf(folder, build);
  if (reservation !== undefined) await unnameImage({ host, store }, reservation);
  const removed = keeps ? [] : await host.removeOrphans({ has: (owner) => owner !== build });
  if (reservation !== undefined) await store.release(reservation, { keepNumber });
  return removed;
}

const KEPT = ["logs", "end.json", "kept.json"];
// they say whose the folder is until all else is removed
const LAST = ["lease", "build.json"];
