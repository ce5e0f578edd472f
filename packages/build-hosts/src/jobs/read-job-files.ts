import { lstatSync } from "node:fs";
import { join } from "node:path";
import { buildHostError } from "../errors.js";
import type { JobCursor, JobReading } from "../port/job.js";
import { JOB_FILE } from "./job-script.js";
import { openFileIn, openFolder, type OpenFolder } from "./open-inside.js";

const MOST_EVENT_BYTES = 4 << 20;
const MOST_OUTPUT_BYTES = 1 << 20;
/** A file of a job that grows beyond this is no longer read: something fills the disk. */
const LARGEST_FILE = 1 << 30;

/** Reads what is new in a job's files since the cursor. */
export async function readJobFiles(
  folder: OpenFolder,
  cursor: JobCursor,
): Promise<Pick<JobReading, "eventLines" | "stdout" | "stderr" | "cursor" | "more">> {
  const events = await readFrom(folder, JOB_FILE.events, cursor.events, MOST_EVENT_BYTES);
  const stdout = await readFrom(folder, JOB_FILE.stdout, cursor.stdout, MOST_OUTPUT_BYTES);
  const stderr = await readFrom(folder, JOB_FILE.stderr, cursor.stderr, MOST_OUTPUT_BYTES);
  const { lines, length } = wholeLines(events.bytes);
  return {
    ...{ eventLines: lines, stdout: stdout.bytes, stderr: stderr.bytes },
    cursor: { events: cursor.events + length, stdout: cursor.stdout + stdout.bytes.length, stderr: cursor.stderr + stderr.bytes.length },
    more: (events.more && length > 0) || stdout.more || stderr.more,
  };
}

/**
 * Whether something may be new in a job's files since the cursor: what the system knows of them, without opening one. It takes a twentieth
 * of a reading, so that a job can be asked often.
 */
export function hasNews(folder: string, cursor: JobCursor): boolean {
  try {
    if (lstatSync(join(folder, JOB_FILE.exitCode), { throwIfNoEntry: false }) !== undefined) return true;
    const grown = (name: string, read: number) => (lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > read;
    if (grown(JOB_FILE.events, cursor.events) || grown(JOB_FILE.stdout, cursor.stdout)) return true;
    return grown(JOB_FILE.stderr, cursor.stderr) || !lstatSync(folder).isDirectory();
  } catch {
    return true; // whoever reads it finds out
  }
}

/** The exit code that the job's script has left; undefined if it has not ended. */
export async function readExitCode(folder: OpenFolder): Promise<number | undefined> {
  const { bytes } = await readFrom(folder, JOB_FILE.exitCode, 0, 16);
  const text = Buffer.from(bytes).toString("latin1").trim();
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

/**
 * What the kernel says of the process of the job's script, as seen in its machine; empty while it is about to be written, undefined before
 * the start.
 */
export async function readProcess(path: string): Promise<string | undefined> {
  const folder = await openFolder(path);
  if (folder === undefined) return undefined;
  try {
    const { bytes, exists } = await readFrom(folder, JOB_FILE.started, 0, 4096);
    return exists ? Buffer.from(bytes).toString("latin1").trim() : undefined;
  } finally {
    await folder.handle.close();
  }
}

interface Piece {
  readonly exists: boolean;
  readonly bytes: Uint8Array;
  readonly more: boolean;
}

async function readFrom(folder: OpenFolder, name: string, position: number, most: number): Promise<Piece> {
  const file = await openFileIn(folder, name);
  if (file === undefined) return { exists: false, bytes: new Uint8Array(), more: false };
  try {
    const { size } = await file.stat();
    if (size > LARGEST_FILE) throw buildHostError("job-too-large", { file: name, bytes: size, most: LARGEST_FILE });
    const wanted = Math.max(0, Math.min(most, size - position));
    if (wanted === 0) return { exists: true, bytes: new Uint8Array(), more: false };
    const { bytesRead, buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, position);
    return { exists: true, bytes: buffer.subarray(0, bytesRead), more: position + bytesRead < size };
  } finally {
    await file.close();
  }
}

/** The complete lines at the beginning, and how many bytes they are. A line longer than a whole reading is cut into several. */
function wholeLines(bytes: Uint8Array): { readonly lines: readonly string[]; readonly length: number } {
  const lastEnd = bytes.lastIndexOf(0x0a);
  const length = lastEnd < 0 && bytes.length === MOST_EVENT_BYTES ? bytes.length : lastEnd + 1;
  const text = Buffer.from(bytes.subarray(0, length)).toString("utf8");
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return { lines, length };
}
