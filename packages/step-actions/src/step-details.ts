import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders, writeAtomically } from "@imagewright/node-host";
import type { Json } from "@imagewright/durability";

/** Records what a step has found that is too much for its outputs. Repeating it replaces the same by the same. */
export async function writeDetails(folder: string, stepExecutionId: string, details: object): Promise<void> {
  await makeFolders(join(folder, "steps"), 0o700);
  writeAtomically(fileOf(folder, stepExecutionId), JSON.stringify(details));
}

/** What a step has recorded; undefined if it has not. */
export async function readDetails<Details>(folder: string, stepExecutionId: string): Promise<Details | undefined> {
  const text = await readFile(fileOf(folder, stepExecutionId), "utf8").catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return undefined;
    throw thrown;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Json as Details);
}

export async function removeDetails(folder: string, stepExecutionId: string): Promise<void> {
  await rm(fileOf(folder, stepExecutionId), { force: true });
}

function fileOf(folder: string, stepExecutionId: string): string {
  return join(folder, "steps", `${stepExecutionId}.json`);
}
