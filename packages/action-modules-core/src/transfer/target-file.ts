import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { ActionContext, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { fileErrorCode } from "../files/describe-file-error.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { factsIfPresent, refuseOthers } from "../files/file-facts.js";
import { parentFolder } from "../files/resolve-path.js";

/** The destination of a download; until it is complete, its content is in another file next to it. */
export interface TargetFile {
  /** The destination with links resolved. */
  readonly path: string;
  /** The folder for the incomplete file: on the same disk, so that it can be renamed atomically. */
  readonly folder: string;
  /** The file to replace, if there is one. */
  readonly replaced: Stats | undefined;
  readonly overwrite: boolean;
}

const OPERATION = "write file";
const NEW_FILE_MODE = 0o666;
const PERMISSION_BITS = 0o777;
const FOLDER_HINT = "end the destination with a path separator to download into the folder";

/**
 * Throws if a file must not be written: a folder has its name, or it exists and `overwrite` is false. Returns the existing entry; changes
 * nothing.
 */
export async function checkTargetFile(path: string, overwrite: boolean, { host }: ActionContext): Promise<Stats | undefined> {
  const facts = await factsIfPresent(host.files, OPERATION, path);
  if (facts === undefined) return undefined;
  refuseOthers(facts, OPERATION, path, FOLDER_HINT);
  if (!overwrite) throw actionError("file-exists", { operation: OPERATION, path });
  return facts;
}

/** Checks a destination and resolves its links. */
export async function findTargetFile(destination: string, overwrite: boolean, context: ActionContext): Promise<TargetFile> {
  const { files, platform } = context.host;
  const replaced = await checkTargetFile(destination, overwrite, context);
  const path = replaced === undefined ? destination : await attempt(OPERATION, destination, () => files.realpath(destination));
  return { path, folder: parentFolder(path, platform), replaced, overwrite };
}

/**
 * Makes the file for incomplete content, and missing parent folders. It is readable only by users who may read the file
 * that it will replace.
 */
export async function createPart(files: FileSystem, part: string, { replaced, path, folder }: TargetFile): Promise<FileHandle> {
  const create = () => files.open(part, "wx", replaced === undefined ? NEW_FILE_MODE : replaced.mode & PERMISSION_BITS);
  try {
    return await create();
  } catch (thrown) {
    if (fileErrorCode(thrown) === "ENOENT" || fileErrorCode(thrown) === "ENOTDIR") await ensureFolder(files, folder);
    return attempt(OPERATION, path, create);
  }
}

/** Renames the complete file to the target, with the permissions of a replaced file and, if permitted, its owner. */
export async function publish(files: FileSystem, part: string, target: TargetFile): Promise<void> {
  const { path, replaced, overwrite } = target;
  // it may have been created during the download
  if (!overwrite) await refusePresent(files, path);
  await attempt(OPERATION, path, async () => {
    if (replaced !== undefined) await takeAttributes(files, part, replaced);
    await files.rename(part, path);
  });
}

async function refusePresent(files: FileSystem, path: string): Promise<void> {
  if ((await factsIfPresent(files, OPERATION, path)) !== undefined) throw actionError("file-exists", { operation: OPERATION, path });
}

async function takeAttributes(files: FileSystem, part: string, { uid, gid, mode }: Stats): Promise<void> {
  const facts = await files.lstat(part);
  if (facts.uid !== uid || facts.gid !== gid) {
    // only root may change owners; otherwise the file belongs to the user who downloads, as with a manual copy and rename
    await files.chown(part, uid, gid).catch((thrown: unknown) => {
      if (fileErrorCode(thrown) !== "EPERM") throw thrown;
    });
  }
  await files.chmod(part, mode & PERMISSION_BITS);
}
