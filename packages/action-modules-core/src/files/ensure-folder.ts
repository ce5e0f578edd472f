import { dirname } from "node:path";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import { factsIfPresent } from "./file-facts.js";

const OPERATION = "create folder";

/**
 * Makes sure that a folder and its parents exist. A link to a folder counts; a file in its place is an error. Does not use
 * Node's `recursive` option, which never ends if the system rejects to make a folder in an existing one, as /proc does.
 */
export async function ensureFolder(files: FileSystem, folder: string): Promise<void> {
  const facts = await factsIfPresent(files, OPERATION, folder);
  if (facts?.isDirectory() === true) return;
  if (facts !== undefined) throw actionError("not-a-folder", { operation: OPERATION, path: folder });
  const parent = dirname(folder);
  if (parent !== folder) await ensureFolder(files, parent);
  await attempt(OPERATION, folder, () => makeFolder(files, folder));
}

/** Makes a folder, unless another task or program has just done so. */
async function makeFolder(files: FileSystem, folder: string): Promise<void> {
  try {
    await files.mkdir(folder);
  } catch (thrown) {
    const facts = fileErrorCode(thrown) === "EEXIST" ? await files.stat(folder).catch(() => undefined) : undefined;
    if (facts?.isDirectory() !== true) throw thrown;
  }
}
