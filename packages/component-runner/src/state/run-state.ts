import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { removeAtomically, removeWithContent } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { takeOverTemporaryFolder } from "../temporary-folder.js";
import { makeDraft, removeDeadDrafts } from "./drafts.js";
import { createJournal, type JournalPlace } from "./file-journal.js";
import { acquireLease, releaseLease, type RunLease } from "./leases.js";
import { readRequest, requestKey, type SavedRun } from "./saved-run.js";
import { folderOf, JOURNAL, notWritten, REQUEST, RESTART, writeRecord } from "./state-files.js";

/** The state of one run: a folder that exists from its start to its end. It contains the run's request and its journal. */
export class RunState {
  private constructor(
    readonly folder: string,
    private readonly request: { readonly key: string; readonly sum: string },
    private readonly lease: RunLease,
    /** The holders of the run before this one that were killed. */
    readonly holdersBefore: readonly string[],
  ) {}

  /** Distinguishes this holder of the run from the others. */
  get holder(): string {
    return this.lease.holder;
  }

  /** Creates the state of a new run atomically. Throws if there is already one with this id. */
  static async create(stateDirectory: string, saved: SavedRun, temporaryDirectory: string): Promise<RunState> {
    const folder = folderOf(stateDirectory, saved.executionId);
    const draft = await makeDraft(stateDirectory, folder);
    let lease: RunLease | undefined;
    try {
      // only now is the folder known to be this user's
      await removeDeadDrafts(stateDirectory);
      ({ lease } = await acquireLease(draft, saved.executionId, temporaryDirectory));
      createJournal(join(draft, JOURNAL));
      const sum = writeRecord(join(draft, REQUEST), saved);
      await rename(draft, folder).catch(async (thrown: NodeJS.ErrnoException) => {
        if (thrown.code !== "ENOTEMPTY" && thrown.code !== "EEXIST") throw notWritten(folder, thrown);
        // one that cannot be resumed says why
        await readRequest(stateDirectory, saved.executionId);
        throw runnerError("state-exists", { executionId: saved.executionId, folder });
      });
      return new RunState(folder, { key: requestKey(saved), sum }, lease, []);
    } catch (thrown) {
      await removeWithContent(draft);
      if (lease !== undefined) await releaseLease(draft, lease);
      throw thrown;
    }
  }

  /**
   * Takes over the state of an interrupted run, and cleans up after its process. Throws if the run is in progress, in this process
   * or another one.
   */
  static async open(stateDirectory: string, executionId: string, temporaryDirectory: string): Promise<RunState> {
    const folder = folderOf(stateDirectory, executionId);
    const { saved, sum } = await readRequest(stateDirectory, executionId);
    await removeDeadDrafts(stateDirectory);
    const { lease, before } = await acquireLease(folder, executionId, temporaryDirectory);
    // the successor of a killed process may have been killed before this
    for (const owner of before) await takeOverTemporaryFolder(owner.temporaryDirectory, temporaryDirectory);
    const holders = before.map(({ holder }) => holder);
    return new RunState(folder, { key: requestKey(saved), sum }, lease, holders);
  }

  get journal(): JournalPlace {
    return { path: join(this.folder, JOURNAL), folder: this.folder, requestSum: this.request.sum };
  }

  /** Records that the run goes on: it waits for no restart any more. Until then, one whose journal is damaged stays as it is. */
  async begin(): Promise<void> {
    await rm(join(this.folder, RESTART), { force: true });
  }

  /** Records that the run continues after a restart without its id being given. */
  async awaitRestart(): Promise<void> {
    writeRecord(join(this.folder, RESTART), { request: this.request.key });
    await this.release();
  }

  /** Lets another process, or another call in this one, continue the run. */
  async release(): Promise<void> {
    await releaseLease(this.folder, this.lease);
  }

  /** Removes the state of a finished run, all at once: what is left of it after a kill is no run. */
  async remove(): Promise<void> {
    await removeAtomically(this.folder).catch((thrown: unknown) => {
      throw notWritten(this.folder, thrown);
    });
    await this.release();
  }
}
