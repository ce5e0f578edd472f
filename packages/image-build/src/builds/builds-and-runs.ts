import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { WaitingBuild } from "@imagewright/step-actions";
import type { BuildFolders } from "./build-folders.js";
import { OWNER_ID } from "./build-id.js";

/** The folders and journals of all builds and runs, whether or not a process works on them: their steps may wait for an answer. */
export async function buildsAndRuns(folders: BuildFolders): Promise<readonly WaitingBuild[]> {
  const builds = (await folders.ids()).map((id) => folders.folderOf(id));
  const runs = (await readdir(folders.runs).catch(() => [])).filter((id) => OWNER_ID.test(id)).map((id) => join(folders.runs, id));
  return [...builds, ...runs].map((folder) => ({ folder, journal: join(folder, "journal.jsonl") }));
}
