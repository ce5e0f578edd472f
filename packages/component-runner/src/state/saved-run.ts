import { appendFileSync, existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runnerError } from "../errors.js";
import { DRAFT, folderOf, INTERRUPTIONS, readJson, REQUEST, RESTART } from "./state-files.js";

/** The request of a run, saved until the run has ended. */
export interface SavedRun {
  readonly executionId: string;
  readonly documents: readonly SavedDocument[];
  readonly phases: readonly string[] | undefined;
  readonly logFolder: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Other data that the calling program needs to continue. */
  readonly settings: unknown;
}

export interface SavedDocument {
  readonly location: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The part of the request that identifies a run. */
type RunRequestKey = Pick<SavedRun, "documents" | "phases" | "workingDirectory">;

/** The request of a run that has not ended. Throws if there is none with this id, or if it is damaged. */
export async function readSaved(stateDirectory: string, executionId: string): Promise<SavedRun> {
  const folder = folderOf(stateDirectory, executionId);
  const saved = (await readJson(join(folder, REQUEST))) as Partial<SavedRun> | null | undefined;
  if (saved === undefined) throw runnerError("state-not-found", { executionId, folder, known: await savedRuns(stateDirectory) });
  if (saved?.executionId !== executionId)
    throw runnerError("state-not-readable", { path: join(folder, REQUEST), cause: "it belongs to another run" });
  return saved as SavedRun;
}

/** The ids of the runs that have not ended. */
export async function savedRuns(stateDirectory: string): Promise<string[]> {
  const names = await readdir(resolve(stateDirectory)).catch((): string[] => []);
  return names.filter((name) => !name.includes(DRAFT) && existsSync(join(folderOf(stateDirectory, name), REQUEST))).sort();
}

/** Counts, in the state of a run, an interruption by a restart that the run did not ask for. Undefined if the run is not in progress. */
export function noteInterruption(stateDirectory: string, executionId: string): number | undefined {
  const path = join(folderOf(stateDirectory, executionId), INTERRUPTIONS);
  if (!existsSync(join(folderOf(stateDirectory, executionId), REQUEST))) return undefined;
  appendFileSync(path, "-", { mode: 0o600 });
  return statSync(path).size;
}

/** The run that waits for a restart and has the same request, and this id if one is given; undefined if there is none. */
export async function findAwaitingRestart(
  stateDirectory: string,
  asked: RunRequestKey & { readonly executionId: string | undefined },
): Promise<string | undefined> {
  const candidates = asked.executionId === undefined ? await savedRuns(stateDirectory) : [asked.executionId];
  for (const executionId of candidates) {
    if (!existsSync(join(folderOf(stateDirectory, executionId), RESTART))) continue;
    // a damaged one does not affect the others
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
