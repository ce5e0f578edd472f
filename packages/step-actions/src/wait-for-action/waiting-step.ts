import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "@imagewright/node-host";
import type { StepLabels } from "../step-labels.js";

/** A step that waits for an answer. Plain data. */
export interface WaitingStep extends StepLabels {
  /** Since when, in ISO 8601. */
  readonly since: string;
  /** What the step says to whoever answers. */
  readonly payload?: string;
}

/** Puts on record that a step waits. Repeating it changes nothing. */
export async function recordWait(folder: string, waiting: WaitingStep): Promise<void> {
  await mkdir(waitsOf(folder), { recursive: true, mode: 0o700 });
  writeAtomically(fileOf(folder, waiting), JSON.stringify(waiting));
}

export async function removeWait(folder: string, step: Pick<WaitingStep, "stepExecutionId">): Promise<void> {
  await rm(fileOf(folder, step), { force: true });
}

/** The steps of a build that wait for an answer, by its folder: the longest waiting one first. Also if no process works on the build. */
export async function listWaits(folder: string): Promise<readonly WaitingStep[]> {
  const names = await readdir(waitsOf(folder)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  });
  const waits: WaitingStep[] = [];
  for (const name of names.filter((file) => file.endsWith(".json"))) {
    // one that ends meanwhile is gone
    const text = await readFile(join(waitsOf(folder), name), "utf8").catch(() => undefined);
    if (text !== undefined) waits.push(JSON.parse(text) as WaitingStep);
  }
  return waits.sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

function waitsOf(folder: string): string {
  return join(folder, "waits");
}

function fileOf(folder: string, { stepExecutionId }: Pick<WaitingStep, "stepExecutionId">): string {
  return join(waitsOf(folder), `${stepExecutionId}.json`);
}
