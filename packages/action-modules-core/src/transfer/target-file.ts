import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { ActionContext, FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { fileErrorCode } from "../files/describe-file-error.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { factsIfPresent, refuseOthers } from "../files/file-facts.js";
import { parentFolder } from "../files/resolve-path.js";

/** The file that a download becomes when it is whole; until then its content is in another file beside it. */
export interface TargetFile {
  /** Where links of the destination lead. */
  readonly path: string;
  /** The folder for what is not whole yet: the same disk, so that a rename puts the content in place in one go. */
  readonly folder: string;
  /** The file that is replaced, if there is one. */
  readonly replaced: Stats | undefined;
  readonly overwrite: boolean;
}

const OPERATION = "write file";
const NEW_FILE_MODE = 0o666;
const PERMISSION_BITS = 0o777;
const FOLDER_HINT = "end the destination with a path separator to download into the folder";

/** Throws where a file must not be written: a folder has its name, or it exists and `overwrite` is false. Gives what is there; changes nothing. */
export async function checkTargetFile(path: string, overwrite: boolean, { host }: ActionContext): Promise<Stats | undefined> {
  const facts = await factsIfPresent(host.files, OPERATION, path);
  if (facts === undefined) return undefined;
  refuseOthers(facts, OPERATION, path, FOLDER_HINT);
  if (!overwrite) throw actionError("file-exists", { operation: OPERATION, path });
  return facts;
}

/** Checks a destination and finds where links of it lead. */
export async function findTargetFile(destination: string, overwrite: boolean, context: ActionContext): Promise<TargetFile> {
  const { files, platform } = context.host;
  const replaced = await checkTargetFile(destination, overwrite, context);
  const path = replaced === undefined ? destination : await attempt(OPERATION, destination, () => files.realpath(destination));
  return { path, folder: parentFolder(path, platform), replaced, overwrite };
}

/**
 * Makes the file for content that is not whole yet, and the folders above it where they are missing. Nobody may read in it who may not read
 * what it replaces.
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

/** Puts whole content in the place of the target. A file that is replaced leaves its permissions and, as far as allowed, its owner. */
export async function publish(files: FileSystem, part: string, target: TargetFile): Promise<void> {
  const { path, replaced, overwrite } = target;
  // it may have come while the content did
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
    // only root may give files away; as with a copy and a rename by hand, the file is then the user's who downloads
    await files.chown(part, uid, gid).catch((thrown: unknown) => {
      if (fileErrorCode(thrown) !== "EPERM") throw thrown;
    });
  }
  await files.chmod(part, mode & PERMISSION_BITS);
}
