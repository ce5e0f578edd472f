import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders, readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
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

/**
 * The steps of a build that wait for an answer, by its folder: the longest waiting one first. Also if no process works on the build. One
 * whose record is damaged hides none of the others: it cannot be answered, and its step fails when its time is over.
 */
export async function listWaits(folder: string): Promise<readonly WaitingStep[]> {
  const names = await readdir(waitsOf(folder)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  });
  const waits = names.flatMap((name) => {
    const read = name.endsWith(".json") ? readCheckedFile(join(waitsOf(folder), name), FORM) : undefined;
    return read !== undefined && "value" in read ? [read.value as WaitingStep] : [];
  });
  return waits.sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

function waitsOf(folder: string): string {
  return join(folder, "waits");
}

function fileOf(folder: string, { stepExecutionId }: Pick<WaitingStep, "stepExecutionId">): string {
  return join(waitsOf(folder), `${stepExecutionId}.json`);
}
