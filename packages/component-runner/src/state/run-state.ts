import { mkdtemp, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { identify, isAlive, makeFolders, type ProcessIdentity } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { removeTemporaryFolder } from "../temporary-folder.js";
import { readSaved, type SavedRun } from "./saved-run.js";
import { DRAFT, folderOf, notWritten, OWNER, readJson, REQUEST, RESTART, writeJson } from "./state-files.js";

/** The process that works on a run. */
interface Owner extends ProcessIdentity {
  /** Where it keeps scripts, which it may leave behind when it is killed. */
  readonly temporaryDirectory: string;
}

/** The state of one run: a folder that is there from its start to its end. It holds what the run was asked and what it has done. */
export class RunState {
  private constructor(readonly folder: string) {}

  /** Begins the state of a new run, which is there as a whole or not at all. Throws where another of this id is there already. */
  static async create(stateDirectory: string, saved: SavedRun, temporaryDirectory: string): Promise<RunState> {
    const folder = folderOf(stateDirectory, saved.executionId);
    const draft = await makeDraft(stateDirectory, folder);
    try {
      await writeJson(join(draft, OWNER), await ownerWith(temporaryDirectory));
      await writeJson(join(draft, REQUEST), saved);
      await rename(draft, folder).catch((thrown: NodeJS.ErrnoException) => {
        throw thrown.code === "ENOTEMPTY" || thrown.code === "EEXIST" ? runnerError("state-exists", { executionId: saved.executionId, folder }) : notWritten(folder, thrown);
      });
    } catch (thrown) {
      await rm(draft, { recursive: true, force: true });
      throw thrown;
    }
    return new RunState(folder);
  }

  /** Takes over the state of a run that was interrupted, and clears up behind its process. Throws where there is none, or the run goes on elsewhere. */
  static async open(stateDirectory: string, executionId: string, temporaryDirectory: string): Promise<{ state: RunState; saved: SavedRun }> {
    const state = new RunState(folderOf(stateDirectory, executionId));
    const saved = await readSaved(stateDirectory, executionId);
    const owner = await readOwner(state.folder);
    if (owner !== undefined && owner.pid !== process.pid && (await isAlive(owner))) throw runnerError("state-in-use", { executionId, pid: owner.pid });
    await writeJson(join(state.folder, OWNER), await ownerWith(temporaryDirectory));
    await rm(join(state.folder, RESTART), { force: true });
    if (owner !== undefined) await removeTemporaryFolder(owner.temporaryDirectory);
    return { state, saved };
  }

  get journalPath(): string {
    return join(this.folder, "journal.jsonl");
  }

  /** Notes that the run goes on after a restart, without being asked by its id. */
  async awaitRestart(): Promise<void> {
    await writeJson(join(this.folder, RESTART), {});
    await rm(join(this.folder, OWNER), { force: true });
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

async function ownerWith(temporaryDirectory: string): Promise<Owner> {
  return { ...((await identify(process.pid)) ?? { pid: process.pid, startTime: "" }), temporaryDirectory };
}

/** One that cannot be read, as after a crash of the machine, is of a process that is no more. */
async function readOwner(folder: string): Promise<Owner | undefined> {
  const owner = (await readJson(join(folder, OWNER)).catch(() => undefined)) as Partial<Owner> | null | undefined;
  return typeof owner?.pid === "number" && typeof owner.startTime === "string" ? { pid: owner.pid, startTime: owner.startTime, temporaryDirectory: owner.temporaryDirectory ?? "" } : undefined;
}
