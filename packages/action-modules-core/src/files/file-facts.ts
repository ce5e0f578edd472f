import type { Stats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/** The entry at a path, links followed; undefined if there is none, or for a dangling link. */
export async function factsIfPresent(files: FileSystem, operation: string, path: FilePath): Promise<Stats | undefined> {
  return attempt(operation, path, async () => {
    try {
      return await files.stat(path);
    } catch (thrown) {
      if (fileErrorCode(thrown) === "ENOENT") return undefined;
      throw thrown;
    }
  });
}

/** The attributes of the file at a path, links followed. Throws if there is none, or for a folder, a pipe or a device. */
export async function factsOfFile(files: FileSystem, operation: string, path: FilePath): Promise<Stats> {
  const facts = await attempt(operation, path, () => files.stat(path));
  refuseOthers(facts, operation, path);
  return facts;
}

/** Throws for anything that is not a regular file: opening a pipe could block forever, and a device has no end. */
export function refuseOthers(facts: Stats, operation: string, path: FilePath, hint?: string): void {
  if (facts.isFile()) return;
  const found = facts.isDirectory() ? "a folder" : "not a regular file";
  throw actionError("not-a-file", { operation, path, found, ...(hint === undefined ? {} : { hint }) });
}

/** The entry at a path, a link as itself; undefined if there is none. */
export async function ownFactsIfPresent(files: FileSystem, operation: string, path: FilePath): Promise<Stats | undefined> {
  return attempt(operation, path, async () => {
    try {
      return await files.lstat(path);
    } catch (thrown) {
      if (fileErrorCode(thrown) === "ENOENT") return undefined;
      throw thrown;
    }
  });
}
