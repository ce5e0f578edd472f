import { constants, type Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "@imagewright/action-contract";
import { IS_WINDOWS } from "@imagewright/node-host";
import { attempt } from "./attempt.js";
import { copyRange } from "./copy-range.js";
import { fileErrorCode } from "./describe-file-error.js";
import { keepAttributes, runsAsOwner } from "./keep-attributes.js";
import { hasHoles, openSource } from "./open-source.js";
import type { FilePath } from "./show-path.js";

/** A regular file to copy to an unused path. */
export interface NewCopy {
  readonly files: FileSystem;
  readonly source: FilePath;
  readonly facts: Stats;
  readonly target: FilePath;
  /** The name of the target in messages, if it is renamed later. */
  readonly shownTarget: FilePath;
  /** Whether owner, group and times are kept in addition to the permissions, as far as permitted. */
  readonly exact: boolean;
  readonly signal: AbortSignal;
}

const READ = "copy file";
const WRITE = "write file";
// files up to this size are copied by a single system call, which cannot be interrupted
const SMALL_BYTES = 1024 * 1024;
const OWNER_ONLY = 0o600;
const PERMISSION_BITS = 0o777;
// libuv 1.51, which Node has since 22, and later give a copy the owner and group of its source where that is permitted
const COPY_FILE_KEEPS_OWNER = process.versions["bun"] === undefined && isFrom(1, 51, process.versions.uv);
// Windows' own copy has all attributes, such as that of hidden files, and further streams
const COPY_FILE_KEEPS_TOO_MUCH = COPY_FILE_KEEPS_OWNER || IS_WINDOWS;

/** Copies content, holes and permissions, regardless of the umask. An incomplete copy is removed. */
export async function copyNewFile(copy: NewCopy): Promise<void> {
  const { facts, exact } = copy;
  const simple = !exact && facts.size <= SMALL_BYTES && !hasHoles(facts) && !runsAsOwner(facts) && !COPY_FILE_KEEPS_TOO_MUCH;
  // if the system call fails, the loop below works, or reports which of the two files failed
  if (!simple || !(await copyAtOnce(copy))) await copyInPieces(copy);
}

async function copyAtOnce({ files, source, target }: NewCopy): Promise<boolean> {
  try {
    await files.copyFile(source, target, constants.COPYFILE_EXCL);
    return true;
  } catch (thrown) {
    if (fileErrorCode(thrown) !== "EEXIST") await files.unlink(target).catch(() => undefined);
    return false;
  }
}

async function copyInPieces(copy: NewCopy): Promise<void> {
  const { files, facts, target, shownTarget: path, exact, signal } = copy;
  const source = await openSource(files, copy.source, READ);
  try {
    const mode = exact ? OWNER_ONLY : facts.mode & PERMISSION_BITS;
    const handle = await attempt(WRITE, path, () => files.open(target, "wx", mode));
    await filled(handle, copy, async () => {
      const end = await copyRange({ operation: WRITE, source, target: handle, path, signal }, 0, Infinity, true);
      if (source.sparse) await attempt(WRITE, path, () => handle.truncate(end));
      await keepAttributes(handle, path, { ...keptOf(facts), exact });
    });
  } finally {
    await source.close();
  }
}

async function filled(handle: FileHandle, { files, target, shownTarget }: NewCopy, body: () => Promise<void>): Promise<void> {
  try {
    await body();
    await attempt(WRITE, shownTarget, () => handle.close());
  } catch (thrown) {
    await handle.close().catch(() => undefined);
    await files.unlink(target).catch(() => undefined);
    throw thrown;
  }
}

function keptOf({ mode, uid, gid, atimeMs, mtimeMs }: Stats) {
  return { mode, uid, gid, atimeMs, mtimeMs };
}

function isFrom(major: number, minor: number, version: string): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
