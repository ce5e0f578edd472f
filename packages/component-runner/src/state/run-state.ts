import { mkdtemp, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { removeTemporaryFolder } from "../temporary-folder.js";
import { releaseLease, acquireLease } from "./leases.js";
import { readSaved, type SavedRun } from "./saved-run.js";
import { DRAFT, folderOf, notWritten, REQUEST, RESTART, writeJson } from "./state-files.js";

/** The state of one run: a folder that is there from its start to its end. It holds what the run was asked and what it has done. */
export class RunState {
  private constructor(readonly folder: string) {}

  /** Begins the state of a new run, which is there as a whole or not at all. Throws where another of this id is there already. */
  static async create(stateDirectory: string, saved: SavedRun, temporaryDirectory: string): Promise<RunState> {
    const folder = folderOf(stateDirectory, saved.executionId);
    const draft = await makeDraft(stateDirectory, folder);
    try {
      await acquireLease(draft, saved.executionId, temporaryDirectory);
      await writeJson(join(draft, REQUEST), saved);
      await rename(draft, folder).catch((thrown: NodeJS.ErrnoException) => {
        throw thrown.code === "ENOTEMPTY" || thrown.code === "EEXIST"
          ? runnerError("state-exists", { executionId: saved.executionId, folder })
          : notWritten(folder, thrown);
      });
    } catch (thrown) {
      await rm(draft, { recursive: true, force: true });
      throw thrown;
    }
    return new RunState(folder);
  }

  /** Takes over the state of a run that was interrupted, and clears up behind its process. Throws where there is none, or the run goes on elsewhere. */
  static async open(
    stateDirectory: string,
    executionId: string,
    temporaryDirectory: string,
  ): Promise<{ state: RunState; saved: SavedRun }> {
    const state = new RunState(folderOf(stateDirectory, executionId));
    const saved = await readSaved(stateDirectory, executionId);
    const before = await acquireLease(state.folder, executionId, temporaryDirectory);
    await rm(join(state.folder, RESTART), { force: true });
    // one that was killed may have left its scripts, and the next one may have been killed before it came to that
    for (const owner of before) await removeTemporaryFolder(owner.temporaryDirectory);
    return { state, saved };
  }

  get journalPath(): string {
    return join(this.folder, "journal.jsonl");
  }

  /** Notes that the run goes on after a restart, without being asked by its id. */
  async awaitRestart(): Promise<void> {
    await writeJson(join(this.folder, RESTART), {});
    await releaseLease(this.folder);
  }

  /** The run has ended, and leaves nothing. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function makeDraft(stateDirectory: string, folder: string): Promise<string> {
  try {
    await makeFolders(resolve(stateDirectory), 0o700);
    return await mkdtemp(`${folder}${DRAFT}`);
  } catch (thrown) {
    throw notWritten(folder, thrown);
  }
}
