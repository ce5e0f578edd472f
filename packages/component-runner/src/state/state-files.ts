import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { isImagewrightError } from "@imagewright/diagnostics";
import { checkedText, checkPrivateFolder, readCheckedText, readOwnFile, writeAtomically, type RefusedPath } from "@imagewright/node-host";
import { checkPlain, type JsonSchema } from "@imagewright/yaml-syntax";
import { runnerError } from "../errors.js";

/** The files in the state of a run. */
export const REQUEST = "request.json";
export const JOURNAL = "journal.jsonl";
export const RESTART = "restart.json";
export const INTERRUPTIONS = "interruptions";

/** The version of all records of a state. One of another version is not read. */
const STATE_SCHEMA = 1;

// far above any real state; a larger file is not one
const LARGEST_RECORD = 2 ** 30;

/** Separates the id in the name of an incomplete state, or of a part of it; ids do not contain this character. */
export const DRAFT = "~";

/** The folder with the state of a run. */
export function folderOf(stateDirectory: string, executionId: string): string {
  return resolve(stateDirectory, executionId);
}

/** Refuses a folder of the state that is not the user's alone; false if there is none. Errors: state-refused, state-not-readable. */
export function checkStateFolder(path: string): boolean {
  try {
    checkPrivateFolder(path);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw notRead(path, thrown);
  }
}

/** Writes a record atomically, so that after a crash of the machine it has either the old or the new content. Returns its sum. */
export function writeRecord(path: string, value: object): string {
  const text = checkedText(STATE_SCHEMA, value);
  try {
    writeAtomically(path, text);
  } catch (thrown) {
    throw notWritten(path, thrown);
  }
  return sumOf(text);
}

export interface StateRecord {
  readonly value: unknown;
  /** Identifies its content. */
  readonly sum: string;
}

/**
 * A record of the state of a run, whose folder is given to say what can be removed if it is damaged. Undefined if there is none.
 * Errors: state-refused, state-not-readable if it is damaged or does not fit its schema.
 */
export function readRecord(path: string, schema: JsonSchema, folder: string): StateRecord | undefined {
  const bytes = readStateFile(path);
  if (bytes === undefined) return undefined;
  const read = readCheckedText(bytes, STATE_SCHEMA);
  if ("reason" in read) throw runnerError("state-not-readable", { path, cause: read.reason, folder });
  const [fault] = checkPlain(read.value, schema, "it").faults;
  if (fault !== undefined) throw runnerError("state-not-readable", { path, cause: fault, folder });
  return { value: read.value, sum: sumOf(bytes) };
}

/** The bytes of a file of the state; undefined if there is none. Errors: state-refused, state-not-readable. */
function readStateFile(path: string): Buffer | undefined {
  try {
    return readOwnFile(path, LARGEST_RECORD);
  } catch (thrown) {
    throw notRead(path, thrown);
  }
}

function sumOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The error for a file or folder of the state that is read. */
export function notRead(path: string, thrown: unknown): Error {
  return refusal(thrown) ?? runnerError("state-not-readable", { path, cause: (thrown as Error).message }, { cause: thrown });
}

/** The error for a file or folder of the state that is written. */
export function notWritten(path: string, thrown: unknown): Error {
  return refusal(thrown) ?? runnerError("state-not-written", { path, cause: (thrown as Error).message }, { cause: thrown });
}

function refusal(thrown: unknown): Error | undefined {
  if (!isImagewrightError(thrown, "node-host/path-refused")) return undefined;
  return runnerError("state-refused", thrown.data as RefusedPath, { cause: thrown });
}
