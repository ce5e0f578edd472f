import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders, readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
import { stepActionError } from "../errors.js";
import type { StepLabels } from "../step-labels.js";

const FORM = { schema: 1, largest: 1 << 20 };

/** A step that waits for an answer. Plain data. */
export interface WaitingStep extends StepLabels {
  /** Since when, in ISO 8601. */
  readonly since: string;
  /** What the step says to whoever answers. */
  readonly payload?: string;
}

/** Puts on record that a step waits. Repeating it changes nothing. */
export async function recordWait(folder: string, waiting: WaitingStep): Promise<void> {
  await makeFolders(waitsOf(folder), 0o700);
  writeCheckedFile(fileOf(folder, waiting), FORM, waiting);
}

export async function removeWait(folder: string, step: Pick<WaitingStep, "stepExecutionId">): Promise<void> {
  await rm(fileOf(folder, step), { force: true });
}

/** A step that waits, whose record cannot be used. */
export interface DamagedWait {
  /** Since when at the latest, in ISO 8601: when its record was written last. */
  readonly since: string;
  /** Says the file and what is wrong with it: wait-not-readable. */
  readonly fault: Error;
}

/** The steps of a build that wait for an answer, by its folder: the longest waiting one first. Also if no process works on the build. */
export async function readWaits(folder: string): Promise<{ waits: readonly WaitingStep[]; damaged: readonly DamagedWait[] }> {
  const names = await readdir(waitsOf(folder)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  });
  const [waits, damaged]: [WaitingStep[], DamagedWait[]] = [[], []];
  for (const path of names.filter((name) => name.endsWith(".json")).map((name) => join(waitsOf(folder), name))) {
    const read = readCheckedFile(path, FORM);
    if (read === undefined) continue;
    if ("value" in read) waits.push(read.value as WaitingStep);
    else damaged.push({ since: await timeOf(path), fault: stepActionError("wait-not-readable", { path, cause: read.reason }) });
  }
  return { waits: waits.sort((a, b) => Date.parse(a.since) - Date.parse(b.since)), damaged };
}

/** The same without those whose record is damaged: it hides none of the others. */
export async function listWaits(folder: string): Promise<readonly WaitingStep[]> {
  return (await readWaits(folder)).waits;
}

/** Now, if it has been removed meanwhile. */
function timeOf(path: string): Promise<string> {
  return lstat(path).then(
    ({ mtime }) => mtime.toISOString(),
    () => new Date().toISOString(),
  );
}

function waitsOf(folder: string): string {
  return join(folder, "waits");
}

function fileOf(folder: string, { stepExecutionId }: Pick<WaitingStep, "stepExecutionId">): string {
  return join(waitsOf(folder), `${stepExecutionId}.json`);
}
