import { join } from "node:path";
import { readStateFile, writeStateFile } from "../store/state-file.js";

/** How a build has ended. It is all that stays of a build besides its logs. */
export type BuildEnd = { readonly endedAt: string } & (
  | { readonly status: "succeeded"; readonly name: string; readonly version: string; readonly buildVersion: number }
  | { readonly status: "failed"; readonly reason: string }
  | { readonly status: "cancelled" }
);

const FILE = "end.json";

/** Records the end, before what the build has left is removed. */
export function writeBuildEnd(folder: string, end: BuildEnd): void {
  writeStateFile(join(folder, FILE), end);
}

/** How the build has ended, or undefined if it has not. Errors: build-not-readable, if the record is damaged: it cannot go on. */
export function readBuildEnd(folder: string): BuildEnd | undefined {
  return readStateFile<BuildEnd>(join(folder, FILE));
}

/** As part of a sentence: `it has succeeded: web 1.0.0/3`. */
export function describeEnd(end: BuildEnd): string {
  if (end.status === "succeeded") return `it has succeeded: ${end.name} ${end.version}/${end.buildVersion}`;
  return end.status === "cancelled" ? "it was cancelled" : `it has failed: ${end.reason}`;
}
