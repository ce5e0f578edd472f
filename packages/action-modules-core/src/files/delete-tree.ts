import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import { ownFactsIfPresent } from "./file-facts.js";
import { joinPath } from "./path-bytes.js";
import type { FilePath } from "./show-path.js";
import { TASKS_AT_ONCE, workThrough } from "./work-through.js";

const NEVER = new AbortController().signal;

/**
 * Deletes a folder with its content, never the target of a link. Entries deleted by other programs in the meantime are not errors.
 * Returns the number of deleted files and folders.
 */
export async function deleteTree(files: FileSystem, root: FilePath, signal: AbortSignal = NEVER): Promise<number> {
  const folders: FilePath[] = [];
  let deleted = 0;
  const work = async (path: FilePath): Promise<FilePath[]> => {
    const facts = await ownFactsIfPresent(files, "delete file", path);
    if (facts === undefined) return [];
    deleted += 1;
    if (facts.isDirectory()) {
      folders.push(path);
      return namesIn(files, path);
    }
    await unlessGone("delete file", path, () => files.unlink(path));
    return [];
  };
  await workThrough({ first: root, limit: TASKS_AT_ONCE, signal, work });
  for (const folder of folders.reverse()) await unlessGone("delete folder", folder, () => files.rmdir(folder));
  return deleted;
}

async function namesIn(files: FileSystem, folder: FilePath): Promise<FilePath[]> {
  const names = await attempt("read folder", folder, () => files.readdir(folder, { encoding: "buffer" }));
  return names.map((name) => joinPath(folder, name));
}

async function unlessGone(operation: string, path: FilePath, body: () => Promise<void>): Promise<void> {
  await attempt(operation, path, async () => {
    try {
      await body();
    } catch (thrown) {
      if (fileErrorCode(thrown) !== "ENOENT") throw thrown;
    }
  });
}
