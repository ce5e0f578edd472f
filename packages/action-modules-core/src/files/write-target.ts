import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import { factsIfPresent, refuseOthers } from "./file-facts.js";
import type { FilePath } from "./show-path.js";

export interface TargetOptions {
  /** Whether an existing file may be written to. */
  readonly overwrite: boolean;
  /** The permissions of a new file, before the umask is applied. */
  readonly mode: number;
  /** The hint if a folder has the name. */
  readonly folderHint?: string;
}

interface OpenTarget {
  readonly handle: FileHandle;
  /** The new file to remove if writing fails. */
  readonly created: FilePath | undefined;
}

const OPERATION = "write file";

/**
 * Opens a file for writing, creating it if it is missing, and calls `body` to fill it; returns its result. If writing fails, a new file is
 * removed.
 */
export async function writeTarget<Result>(
  files: FileSystem,
  path: FilePath,
  options: TargetOptions,
  body: (file: FileHandle, isNew: boolean) => Promise<Result>,
): Promise<Result> {
  const { handle, created } = await openTarget(files, path, options);
  try {
    const result = await body(handle, created !== undefined);
    await attempt(OPERATION, path, () => handle.close());
    return result;
  } catch (thrown) {
    await handle.close().catch(() => undefined);
    if (created !== undefined) await files.unlink(created).catch(() => undefined);
    throw thrown;
  }
}

/** Throws if a file must not or cannot be written to. */
export async function checkTarget(
  files: FileSystem,
  path: FilePath,
  { overwrite, folderHint }: TargetOptions,
): Promise<"present" | "missing"> {
  const facts = await factsIfPresent(files, OPERATION, path);
  if (facts === undefined) return "missing";
  refuseOthers(facts, OPERATION, path, folderHint);
  if (!overwrite) throw actionError("file-exists", { operation: OPERATION, path });
  return "present";
}

async function openTarget(files: FileSystem, path: FilePath, options: TargetOptions): Promise<OpenTarget> {
  const state = await checkTarget(files, path, options);
  return attempt(OPERATION, path, async () => {
    if (state === "present") return { handle: await openPresent(files, path), created: undefined };
    try {
      return { handle: await files.open(path, "wx", options.mode), created: path };
    } catch (thrown) {
      if (fileErrorCode(thrown) !== "EEXIST") throw thrown;
      if (!options.overwrite) throw actionError("file-exists", { operation: OPERATION, path });
      return openThroughLink(files, path, options.mode);
    }
  });
}

/** Without O_TRUNC: the content stays until there is space for its replacement. Also opened for reading, to compare the content. */
async function openPresent(files: FileSystem, path: FilePath): Promise<FileHandle> {
  try {
    return await files.open(path, constants.O_RDWR);
  } catch (thrown) {
    if (fileErrorCode(thrown) !== "EACCES") throw thrown;
    return files.open(path, constants.O_WRONLY);
  }
}

/** The path is a dangling link: as with a shell's `>`, its target is created. */
async function openThroughLink(files: FileSystem, path: FilePath, mode: number): Promise<OpenTarget> {
  const handle = await files.open(path, constants.O_WRONLY | constants.O_CREAT, mode);
  return { handle, created: await files.realpath(path) };
}
