import { randomBytes } from "node:crypto";

const BUILD_ID = /^b-\d{8}-[0-9a-f]{6}$/;
/** The id of a build or a run. */
export const OWNER_ID = /^[br]-\d{8}-[0-9a-f]{6}$/;

/** A new id: the day in UTC, for people, and a random part. */
export function createBuildId(now: Date): string {
  return `b-${dayAndChance(now)}`;
}

/** The same for a run of components in a machine of their own. */
export function createRunId(now: Date): string {
  return `r-${dayAndChance(now)}`;
}

function dayAndChance(now: Date): string {
  return `${now.toISOString().slice(0, 10).replaceAll("-", "")}-${randomBytes(3).toString("hex")}`;
}

export function isBuildId(text: string): boolean {
  return BUILD_ID.test(text);
}
