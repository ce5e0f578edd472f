import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { WaitingBuild } from "@imagewright/step-actions";
import type { BuildFolders } from "./build-folders.js";
import { OWNER_ID } from "./build-id.js";
import { journalOf } from "./journal-of.js";

/** A build, which can be resumed, or a run, which cannot. */
export interface BuildOrRun extends WaitingBuild {
  readonly kind: "build" | "run";
  readonly id: string;
}

/** All builds and runs, whether or not a process works on them: their steps may wait for an answer. */
export async function buildsAndRuns(folders: BuildFolders): Promise<readonly BuildOrRun[]> {
  const builds = (await folders.ids()).map((id) => ({ kind: "build", id, folder: folders.folderOf(id) }) as const);
  const ids = (await readdir(folders.runs).catch(() => [])).filter((id) => OWNER_ID.test(id));
  const runs = ids.map((id) => ({ kind: "run", id, folder: join(folders.runs, id) }) as const);
  return [...builds, ...runs].map((one) => ({ ...one, journal: journalOf(one.folder) }));
}
