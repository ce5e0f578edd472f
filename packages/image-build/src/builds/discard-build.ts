import { rm } from "node:fs/promises";
import type { Leftover } from "@imagewright/build-hosts";
import { isImagewrightError } from "@imagewright/diagnostics";
import { buildError } from "../errors.js";
import { keptFile } from "../kept/kept-machine.js";
import { describeEnd, type BuildEnd } from "./build-end.js";
import { endBuild, type EndParts } from "./end-build.js";
import { removeBuild, type Hold } from "./held-build.js";
import { readStoredBuild } from "./stored-build.js";
import type { ImageStore } from "../store/image-store.js";

/**
 * Ends a build for good: its machines and images are removed, then its folder with its logs. Returns what was removed. A build whose image
 * is published has succeeded, and is not undone. Errors: build-ended.
 */
export async function discardBuild(hold: Hold, parts: Omit<EndParts, "keepNumber">): Promise<readonly Leftover[]> {
  try {
    // of a build that was killed after it had kept its machine
    await rm(keptFile(hold.folder), { force: true });
    const { end, removed } = await endInterrupted(hold, parts);
    if (end.status === "succeeded") throw buildError("build-ended", { build: hold.id, end: describeEnd(end) });
    await removeBuild(hold);
    return removed;
  } finally {
    await hold.lease.release();
  }
}

/** The same for a build that nobody has resumed in time, or that was killed while it ended. Of one that has ended, the logs stay. */
export async function endAbandoned(hold: Hold, parts: Omit<EndParts, "keepNumber">): Promise<readonly Leftover[]> {
  try {
    const { end, removed } = await endInterrupted(hold, parts);
    if (hold.end === undefined && end.status !== "succeeded") await removeBuild(hold);
    return removed;
  } finally {
    await hold.lease.release();
  }
}

interface Ended {
  readonly end: BuildEnd;
  readonly removed: readonly Leftover[];
}

/** Ends a build as it is recorded, or as it is: succeeded if its image is published, and cancelled otherwise. */
async function endInterrupted(hold: Hold, parts: Omit<EndParts, "keepNumber">): Promise<Ended> {
  const end = hold.end ?? (await endOf(hold, parts.store));
  return { end, removed: await endBuild(hold, { ...parts, keepNumber: keepsNumber(hold.folder) }, end) };
}

async function endOf({ id, folder }: Hold, store: ImageStore): Promise<BuildEnd> {
  const published = await store.publishedBy(folder, id);
  const endedAt = new Date().toISOString();
  if (published === undefined) return { status: "cancelled", endedAt };
  return { status: "succeeded", name: published.name, version: published.version, buildVersion: published.buildVersion, endedAt };
}

/** A build whose file is damaged gives its number back. */
function keepsNumber(folder: string): boolean {
  try {
    return readStoredBuild(folder)?.settings.numbering === "at-start";
  } catch (thrown) {
    if (isImagewrightError(thrown)) return false;
    throw thrown;
  }
}
