import { join } from "node:path";
import { readOwnFile } from "@imagewright/node-host";
import { writeWhole } from "../store/write-whole.js";

/** How a build has ended. It is all that stays of a build besides its logs. */
export type BuildEnd = { readonly endedAt: string } & (
  | { readonly status: "succeeded"; readonly name: string; readonly version: string; readonly buildVersion: number }
  | { readonly status: "failed"; readonly reason: string }
  | { readonly status: "cancelled" }
);

const FILE = "end.json";
const LARGEST_BYTES = 1 << 20;

/** Records the end, before what the build has left is removed. */
export async function writeBuildEnd(folder: string, end: BuildEnd): Promise<void> {
  await writeWhole(join(folder, FILE), end);
}

/** How the build has ended, or undefined if it has not. */
export function readBuildEnd(folder: string): BuildEnd | undefined {
  try {
    const text = readOwnFile(join(folder, FILE), LARGEST_BYTES)?.toString("utf8");
    return text === undefined ? undefined : (JSON.parse(text) as BuildEnd);
  } catch {
    return undefined; // not ours: it is written whole, for its owner
  }
}

/** As part of a sentence: `it has succeeded: web 1.0.0/3`. */
export function describeEnd(end: BuildEnd): string {
  if (end.status === "succeeded") return `it has succeeded: ${end.name} ${end.version}/${end.buildVersion}`;
  return end.status === "cancelled" ? "it was cancelled" : `it has failed: ${end.reason}`;
}
