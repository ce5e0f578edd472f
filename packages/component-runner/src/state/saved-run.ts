import { appendFileSync, existsSync, statSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { homedir } from "node:os";
import { isAlive, identify, type ProcessIdentity } from "@imagewright/node-host";
import { runnerError } from "../errors.js";

/** What a run was asked to do, as it is kept until the run has ended. */
export interface SavedRun {
  readonly executionId: string;
  readonly documents: readonly SavedDocument[];
  readonly phases: readonly string[] | undefined;
  readonly logFolder: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Whatever else the program that runs it needs to go on. */
  readonly settings: unknown;
}

export interface SavedDocument {
  readonly location: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
}

const REQUEST = "request.json";
const OWNER = "owner.json";
const RESTART = "restart.json";
const INTERRUPTIONS = "interruptions";

/** Where runs keep their state unless they are told: `/var/lib/imagewright/state` for root, else below the user's state folder. */
export function defaultStateDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  if (process.getuid?.() === 0) return "/var/lib/imagewright/state";
  return join(environment["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "imagewright");
}

/** The state of one run: a folder that is there from its start to its end. It holds what the run was asked and what it has done. */
export class RunState {
  private constructor(readonly folder: string) {}

  /** Begins the state of a new run. Throws where another of this id is there already. */
  static async create(stateDirectory: string, saved: SavedRun): Promise<RunState> {
    const state = new RunState(folderOf(stateDirectory, saved.executionId));
    await mkdir(resolve(stateDirectory), { recursive: true, mode: 0o700 });
    await mkdir(state.folder, { mode: 0o700 }).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === "EEXIST") throw runnerError("state-exists", { executionId: saved.executionId, folder: state.folder });
      throw runnerError("state-not-written", { path: state.folder, cause: thrown.message }, { cause: thrown });
    });
    await state.#own();
    await state.#write(REQUEST, saved);
    return state;
  }

  /** Takes over the state of a run that was interrupted. Throws where there is none, or the run goes on elsewhere. */
  static async open(stateDirectory: string, executionId: string): Promise<{ state: RunState; saved: SavedRun }> {
    const state = new RunState(folderOf(stateDirectory, executionId));
    const saved = await readSaved(stateDirectory, executionId);
    const owner = await state.#read<ProcessIdentity>(OWNER);
    if (owner !== undefined && owner.pid !== process.pid && (await isAlive(owner))) throw runnerError("state-in-use", { executionId, pid: owner.pid });
    await state.#own();
    await rm(join(state.folder, RESTART), { force: true });
    return { state, saved };
  }

  get journalPath(): string {
    return join(this.folder, "journal.jsonl");
  }

  /** Notes that the run goes on after a restart, without being asked by its id. */
  async awaitRestart(): Promise<void> {
    await this.#write(RESTART, {});
    await rm(join(this.folder, OWNER), { force: true });
  }

  /** The run has ended, and leaves nothing. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #own(): Promise<void> {
    await this.#write(OWNER, (await identify(process.pid)) ?? { pid: process.pid, startTime: "" });
  }

  async #write(name: string, value: unknown): Promise<void> {
    const path = join(this.folder, name);
    try {
      const file = await open(`${path}.draft`, "w", 0o600);
      try {
        await file.writeFile(JSON.stringify(value));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.draft`, path);
    } catch (thrown) {
      throw runnerError("state-not-written", { path, cause: (thrown as Error).message }, { cause: thrown });
    }
  }

  async #read<Content>(name: string): Promise<Content | undefined> {
    const text = await readFile(join(this.folder, name), "utf8").catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Content);
  }
}

/** What a run that has not ended was asked to do. Throws where there is none of this id. */
export async function readSaved(stateDirectory: string, executionId: string): Promise<SavedRun> {
  const text = await readFile(join(folderOf(stateDirectory, executionId), REQUEST), "utf8").catch(() => undefined);
  if (text === undefined) throw runnerError("state-not-found", { executionId, folder: folderOf(stateDirectory, executionId), known: await savedRuns(stateDirectory) });
  return JSON.parse(text) as SavedRun;
}

/** The ids of the runs that have not ended. */
export async function savedRuns(stateDirectory: string): Promise<string[]> {
  const names = await readdir(resolve(stateDirectory), { withFileTypes: true }).catch(() => []);
  return names.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** Counts, in the state of a run, that its process had to end for a restart that it has not asked for. Undefined where no such run is under way. */
export function noteInterruption(stateDirectory: string, executionId: string): number | undefined {
  const path = join(folderOf(stateDirectory, executionId), INTERRUPTIONS);
  if (!existsSync(join(folderOf(stateDirectory, executionId), REQUEST))) return undefined;
  appendFileSync(path, "-", { mode: 0o600 });
  return statSync(path).size;
}

/** The run that waits for a restart and was asked for the very same; undefined where there is none. */
export async function findAwaitingRestart(stateDirectory: string, asked: Pick<SavedRun, "documents" | "phases">): Promise<string | undefined> {
  for (const executionId of await savedRuns(stateDirectory)) {
    const folder = folderOf(stateDirectory, executionId);
    const waits = await readFile(join(folder, RESTART)).catch(() => undefined);
    const text = waits === undefined ? undefined : await readFile(join(folder, REQUEST), "utf8").catch(() => undefined);
    if (text !== undefined && essenceOf(JSON.parse(text) as SavedRun) === essenceOf(asked)) return executionId;
  }
  return undefined;
}

function essenceOf({ documents, phases }: Pick<SavedRun, "documents" | "phases">): string {
  return JSON.stringify([documents.map(({ location, text, variables }) => [location, text, Object.entries(variables).sort()]), phases ?? null]);
}

function folderOf(stateDirectory: string, executionId: string): string {
  return resolve(stateDirectory, executionId);
}
