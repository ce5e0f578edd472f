import type { Leftover } from "@imagewright/build-hosts";
import { isImagewrightError } from "@imagewright/diagnostics";
import { buildError } from "../errors.js";
import { describeEnd, type BuildEnd } from "./build-end.js";
import { endBuild, type EndParts } from "./end-build.js";
import { removeBuild, type Hold } from "./held-build.js";
import { readStoredBuild } from "./stored-build.js";
import type { ImageStore } from "../store/image-store.js";

/**
 * Ends a build for good: its machines and images are removed, then its folder with its logs. Returns what was removed. A build whose image
 * is published has succeeded, and is not undone. Errors: build-ended.
 */
export async function discardBuild(hold: Hold, given: Omit<EndParts, "keepNumber">): Promise<readonly Leftover[]> {
  const { id, folder, lease } = hold;
  const parts = { ...given, keepNumber: keepsNumber(folder) };
  try {
    const end = hold.end ?? (await endOf(hold, parts.store));
    const removed = await endBuild(hold, parts, end);
    if (end.status === "succeeded") throw buildError("build-ended", { build: id, end: describeEnd(end) });
    await removeBuild(hold);
    return removed;
  } finally {
    await lease.release();
  }
}

/** How a build that is discarded ends, if its end is not recorded. */
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
