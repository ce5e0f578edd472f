import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, lstatSync, writeSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createNewFile, openOwnFile } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { RESTART_SCHEMA, SAVED_RUN_SCHEMA } from "./state-schemas.js";
import { checkStateFolder, DRAFT, folderOf, INTERRUPTIONS, notRead, notWritten, readRecord, REQUEST, RESTART } from "./state-files.js";

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

/**
 * The request of a run that has not ended. Errors: state-not-found if there is none with this id; state-refused if others could have made
 * or changed it; state-not-readable if it is damaged.
 */
export async function readSaved(stateDirectory: string, executionId: string): Promise<SavedRun> {
  return (await readRequest(stateDirectory, executionId)).saved;
}

/** The same, with the sum that the journal continues. */
export async function readRequest(
  stateDirectory: string,
  executionId: string,
): Promise<{ readonly saved: SavedRun; readonly sum: string }> {
  const folder = folderOf(stateDirectory, executionId);
  if (!checkStateFolder(resolve(stateDirectory)) || !checkStateFolder(folder))
    throw runnerError("state-not-found", { executionId, folder, known: await savedRuns(stateDirectory) });
  const path = join(folder, REQUEST);
  const record = readRecord(path, SAVED_RUN_SCHEMA, folder);
  if (record === undefined) throw runnerError("state-not-readable", { path, cause: "it is missing", folder });
  const saved = record.value as SavedRun;
  if (saved.executionId !== executionId) throw runnerError("state-not-readable", { path, cause: "it belongs to another run", folder });
  return { saved, sum: record.sum };
}

/** The ids of the runs that have not ended. Errors: state-refused if others can write to the folder. */
export async function savedRuns(stateDirectory: string): Promise<string[]> {
  if (!checkStateFolder(resolve(stateDirectory))) return [];
  const names = await readdir(resolve(stateDirectory)).catch((): string[] => []);
  return names.filter((name) => !name.includes(DRAFT) && isInProgress(stateDirectory, name)).sort();
}

/** Whether there is the state of a run that has not ended. */
export function isInProgress(stateDirectory: string, executionId: string): boolean {
  return existsSync(join(folderOf(stateDirectory, executionId), REQUEST));
}

/** Whether a run waits for a restart that it has asked for. */
export function awaitsRestart(stateDirectory: string, executionId: string): boolean {
  return isThere(join(folderOf(stateDirectory, executionId), RESTART));
}

/** Counts, in the state of a run, an interruption by a restart that the run did not ask for. Undefined if the run is not in progress. */
export function noteInterruption(stateDirectory: string, executionId: string): number | undefined {
  const path = join(folderOf(stateDirectory, executionId), INTERRUPTIONS);
  if (!isInProgress(stateDirectory, executionId)) return undefined;
  let descriptor: number;
  try {
    descriptor = isThere(path) ? openOwnFile(path, "append") : createNewFile(path);
  } catch (thrown) {
    throw notWritten(path, thrown);
  }
  try {
    writeSync(descriptor, "-");
    return fstatSync(descriptor).size;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The run that waits for a restart and has the same request, and this id if one is given; undefined if there is none. One that cannot be
 * read is an error if it is this run, or may be: to begin anew would do again what is done. Errors: state-refused, state-not-readable.
 */
export async function findAwaitingRestart(
  stateDirectory: string,
  asked: RunRequestKey & { readonly executionId: string | undefined },
): Promise<string | undefined> {
  if (!checkStateFolder(resolve(stateDirectory))) return undefined;
  const names = asked.executionId === undefined ? await namesIn(resolve(stateDirectory)) : [asked.executionId];
  const key = requestKey(asked);
  for (const executionId of names.filter((name) => !name.includes(DRAFT)).sort()) {
    const folder = folderOf(stateDirectory, executionId);
    if (!isThere(join(folder, RESTART)) || !checkStateFolder(folder)) continue;
    if ((await waitingKey(stateDirectory, executionId, key)) === key) return executionId;
  }
  return undefined;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((thrown: unknown) => {
    throw notRead(folder, thrown);
  });
}

/** The key of a run that waits. If its request is damaged, the record of its restart says whether it is another one. */
async function waitingKey(stateDirectory: string, executionId: string, asked: string): Promise<string> {
  try {
    return requestKey(await readSaved(stateDirectory, executionId));
  } catch (thrown) {
    const folder = folderOf(stateDirectory, executionId);
    const restart = readRecord(join(folder, RESTART), RESTART_SCHEMA, folder)?.value as { readonly request: string } | undefined;
    if (restart === undefined || restart.request === asked) throw thrown;
    return restart.request;
  }
}

/** Identifies what was asked for: of two runs with the same one, the second is the continuation of the first. */
export function requestKey({ documents, phases, workingDirectory }: RunRequestKey): string {
  const text = JSON.stringify([
    documents.map(({ location, text, variables }) => [location, text, Object.entries(variables).sort()]),
    phases ?? null,
    workingDirectory,
  ]);
  return createHash("sha256").update(text).digest("hex");
}

/** Whether there is anything under this name, a link that leads nowhere included. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (thrown) {
    // what would be its folder may be a file, and a folder of another user may be closed
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOTDIR" || code === "EACCES") return false;
    throw thrown;
  }
}
