import type { Stats } from "node:fs";
import type { HostPorts } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { copyNewLink } from "./copy-link.js";
import { copyNewFile } from "./copy-new-file.js";
import { copyTree, OTHER_DISK } from "./copy-tree.js";
import { deleteTree } from "./delete-tree.js";
import { fileErrorCode } from "./describe-file-error.js";
import { renameEntry } from "./other-spelling.js";
import { putInPlace } from "./put-in-place.js";
import { quotePath, type FilePath } from "./show-path.js";
import { verifyCopy } from "./verify-copy.js";

/** A file, link or folder to move. A folder moves only to an unused path. */
export interface Move {
  readonly host: Pick<HostPorts, "files" | "platform">;
  readonly source: FilePath;
  readonly facts: Stats;
  readonly target: FilePath;
  /** Whether the target path is unused. */
  readonly isNew: boolean;
  readonly signal: AbortSignal;
}

/**
 * Renames it or, if the target is on another disk, copies it with owner, permissions and times, compares the copy, and only then
 * deletes the original. After a failure the target is as before.
 */
export async function moveEntry(move: Move): Promise<void> {
  const { host, source, target, facts, signal } = move;
  signal.throwIfAborted();
  const operation = `move ${facts.isDirectory() ? "folder" : "file"}`;
  const renamed = await attempt(`${operation} ${quotePath(source)} to`, target, () => tryRename(move));
  if (renamed) return;
  if (facts.isDirectory()) {
    await copyTree({ host, source, facts, target, exact: true, signal });
    await deleteTree(host.files, source);
  } else {
    await putInPlace({ host, operation: "write file", path: target, make: (path) => copyAcross(move, path) });
    await deleteOriginal(move);
  }
}

/** Returns false if the paths are on different disks. */
async function tryRename({ host, source, target }: Move): Promise<boolean> {
  try {
    await renameEntry(source, target, host);
    return true;
  } catch (thrown) {
    if (fileErrorCode(thrown) !== "EXDEV") throw thrown;
    return false;
  }
}

async function copyAcross({ host, source, facts, target: shownTarget, signal }: Move, target: FilePath): Promise<void> {
  const copy = { files: host.files, source, facts, target, shownTarget, exact: true, signal };
  if (facts.isSymbolicLink()) return copyNewLink({ ...copy, host });
  if (!facts.isFile())
    throw actionError("not-a-file", { operation: "move file", path: source, found: "not a regular file", hint: OTHER_DISK });
  await copyNewFile(copy);
  await verifyCopy(copy);
}

async function deleteOriginal({ host, source, target, isNew }: Move): Promise<void> {
  try {
    await attempt("delete file", source, () => host.files.unlink(source));
  } catch (thrown) {
    // the original still exists, so a new copy is removed
    if (isNew) await host.files.unlink(target).catch(() => undefined);
    throw thrown;
  }
}
