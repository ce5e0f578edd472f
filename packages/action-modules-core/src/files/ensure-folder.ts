import type { FileSystem } from "@imagewright/action-contract";
import { createError } from "../errors.js";
import { attempt } from "./attempt.js";
import { factsIfPresent } from "./file-facts.js";

const OPERATION = "create folder";

/** Sees to it that a folder exists, with the folders above it. A link to a folder counts; a file in its place is an error. */
export async function ensureFolder(files: FileSystem, folder: string): Promise<void> {
  const facts = await factsIfPresent(files, OPERATION, folder);
  if (facts === undefined) await attempt(OPERATION, folder, () => files.mkdir(folder, { recursive: true }));
  else if (!facts.isDirectory()) throw createError("not-a-folder", { operation: OPERATION, path: folder });
}
