import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolders, readCheckedFile, writeCheckedFile } from "@imagewright/node-host";
import { stepActionError } from "./errors.js";

/** Above what a machine may tell of its packages. */
const FORM = { schema: 1, largest: 64 << 20 };

/** Records what a step has found that is too much for its outputs. Repeating it replaces the same by the same. */
export async function writeDetails(folder: string, stepExecutionId: string, details: object): Promise<void> {
  await makeFolders(join(folder, "steps"), 0o700);
  writeCheckedFile(fileOf(folder, stepExecutionId), FORM, details);
}

/** What a step has recorded; undefined if it has not. Errors: record-not-readable, if it is damaged or others could have written it. */
export async function readDetails<Details>(folder: string, stepExecutionId: string): Promise<Details | undefined> {
  const path = fileOf(folder, stepExecutionId);
  const read = readCheckedFile(path, FORM);
  if (read === undefined) return undefined;
  if ("reason" in read) throw stepActionError("record-not-readable", { path, cause: read.reason });
  return Promise.resolve(read.value as Details);
}

export async function removeDetails(folder: string, stepExecutionId: string): Promise<void> {
  await rm(fileOf(folder, stepExecutionId), { force: true });
}

function fileOf(folder: string, stepExecutionId: string): string {
  return join(folder, "steps", `${stepExecutionId}.json`);
}
