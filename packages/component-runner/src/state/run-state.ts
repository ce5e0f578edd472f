import { mkdtemp, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeFolders } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { removeTemporaryFolder } from "../temporary-folder.js";
import { releaseLease, acquireLease } from "./leases.js";
import { readSaved, type SavedRun } from "./saved-run.js";
import { DRAFT, folderOf, notWritten, REQUEST, RESTART, writeJson } from "./state-files.js";

/** The state of one run: a folder that exists from its start to its end. It contains the run's request and its journal. */
export class RunState {
  private constructor(readonly folder: string) {}

  /** Creates the state of a new run atomically. Throws if there is already one with this id. */
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

  /**
   * Takes over the state of an interrupted run, and cleans up after its process. Throws if there is none, or if the run is in progress in
   * another process.
   */
  static async open(
    stateDirectory: string,
    executionId: string,
    temporaryDirectory: string,
  ): Promise<{ state: RunState; saved: SavedRun }> {
    const state = new RunState(folderOf(stateDirectory, executionId));
    const saved = await readSaved(stateDirectory, executionId);
    const before = await acquireLease(state.folder, executionId, temporaryDirectory);
    await rm(join(state.folder, RESTART), { force: true });
    // a killed process may have left its scripts, and its successor may have been killed before the clean-up
    for (const owner of before) await removeTemporaryFolder(owner.temporaryDirectory);
    return { state, saved };
  }

  get journalPath(): string {
    return join(this.folder, "journal.jsonl");
  }

  /** Records that the run continues after a restart without its id being given. */
  async awaitRestart(): Promise<void> {
    await writeJson(join(this.folder, RESTART), {});
    await releaseLease(this.folder);
  }

  /** Removes the state of a finished run. */
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
