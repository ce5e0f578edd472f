import { mkdtemp, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isSurelyDead, makePrivateFolder, removeRemainders, scratchOwner, removeWithContent } from "@imagewright/node-host";
import { DRAFT, notWritten } from "./state-files.js";

/**
 * Makes a folder next to the state of a run, for a part of its life that must not be seen. Its name says which process made it.
 * Errors: state-refused, state-not-written.
 */
export async function makeDraft(stateDirectory: string, folder: string): Promise<string> {
  try {
    await makePrivateFolder(resolve(stateDirectory));
    return await mkdtemp(`${folder}${DRAFT}${await scratchOwner()}${DRAFT}`);
  } catch (thrown) {
    throw notWritten(folder, thrown);
  }
}

/** Removes the drafts of processes that were killed, and the rest of runs that they were about to remove. */
export async function removeDeadDrafts(stateDirectory: string): Promise<void> {
  await removeRemainders(resolve(stateDirectory));
  for (const name of await readdir(resolve(stateDirectory)).catch(() => [])) {
    const owner = name.split(DRAFT)[1];
    if (owner === undefined || !(await isSurelyDead(owner))) continue;
    await removeWithContent(join(stateDirectory, name));
  }
}
