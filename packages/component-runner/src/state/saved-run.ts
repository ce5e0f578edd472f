import { appendFileSync, existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runnerError } from "../errors.js";
import { DRAFT, folderOf, INTERRUPTIONS, readJson, REQUEST, RESTART } from "./state-files.js";

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

/** What makes two runs the same. */
type RunRequestKey = Pick<SavedRun, "documents" | "phases" | "workingDirectory">;

/** What a run that has not ended was asked to do. Throws where there is none of this id, or what is there is damaged. */
export async function readSaved(stateDirectory: string, executionId: string): Promise<SavedRun> {
  const folder = folderOf(stateDirectory, executionId);
  const saved = (await readJson(join(folder, REQUEST))) as Partial<SavedRun> | null | undefined;
  if (saved === undefined) throw runnerError("state-not-found", { executionId, folder, known: await savedRuns(stateDirectory) });
  if (saved?.executionId !== executionId)
    throw runnerError("state-not-readable", { path: join(folder, REQUEST), cause: "it is not of this run" });
  return saved as SavedRun;
}

/** The ids of the runs that have not ended. */
export async function savedRuns(stateDirectory: string): Promise<string[]> {
  const names = await readdir(resolve(stateDirectory)).catch((): string[] => []);
  return names.filter((name) => !name.includes(DRAFT) && existsSync(join(folderOf(stateDirectory, name), REQUEST))).sort();
}

/** Counts, in the state of a run, that its process had to end for a restart that it has not asked for. Undefined where no such run is under way. */
export function noteInterruption(stateDirectory: string, executionId: string): number | undefined {
  const path = join(folderOf(stateDirectory, executionId), INTERRUPTIONS);
  if (!existsSync(join(folderOf(stateDirectory, executionId), REQUEST))) return undefined;
  appendFileSync(path, "-", { mode: 0o600 });
  return statSync(path).size;
}

/** The run that waits for a restart and was asked for the very same, under this id where one is given; undefined where there is none. */
export async function findAwaitingRestart(
  stateDirectory: string,
  asked: RunRequestKey & { readonly executionId: string | undefined },
): Promise<string | undefined> {
  const candidates = asked.executionId === undefined ? await savedRuns(stateDirectory) : [asked.executionId];
  for (const executionId of candidates) {
    if (!existsSync(join(folderOf(stateDirectory, executionId), RESTART))) continue;
    // one that is damaged is no hindrance to others
    const saved = await readSaved(stateDirectory, executionId).catch(() => undefined);
    if (saved !== undefined && requestKey(saved) === requestKey(asked)) return executionId;
  }
  return undefined;
}

function requestKey({ documents, phases, workingDirectory }: RunRequestKey): string {
  return JSON.stringify([
    documents.map(({ location, text, variables }) => [location, text, Object.entries(variables).sort()]),
    phases ?? null,
    workingDirectory,
  ]);
}
