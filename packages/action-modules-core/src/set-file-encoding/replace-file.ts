import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem, HostPorts, Platform } from "@imagewright/action-contract";
import { restoreSpecialBits } from "../files/attributes.js";
import { attempt } from "../files/attempt.js";
import { PIECE_BYTES, type ContentSource } from "../files/copy-range.js";
import { fileErrorCode } from "../files/describe-file-error.js";
import type { ReadingFile } from "../files/read-pieces.js";
import { replaceContent } from "../files/replace-content.js";
import { writePiece } from "../files/write-piece.js";

/** A new file next to the one that it will replace. */
interface Stage {
  readonly file: FileHandle;
  readonly path: Buffer;
  /** The file to replace, with links resolved. */
  readonly target: Buffer;
}

const ALL_BITS = 0o7777;
// cannot be replaced: a mount point, someone else's file in a folder such as /tmp, or one whose owner only root can set
const REFUSALS = ["EACCES", "EBUSY", "EPERM", "EXDEV"];

/**
 * Replaces the content of a file that is open for reading and writing. The content is written to a new file next to it, which then replaces
 * it atomically, with its owner and permissions. A file with several names, or one that cannot be replaced, is rewritten in place. If the
 * content cannot be produced or written, the old file stays as it is.
 */
export async function replaceFile(old: ReadingFile, { files, platform }: HostPorts, content: AsyncIterable<Buffer>): Promise<void> {
  const stage = await openStage(old, files, platform);
  let isMoved = false;
  try {
    await writeAll(old, stage.file, content);
    isMoved = await takePlace(old, stage, files);
    if (!isMoved) await rewrite(old, stage.file);
  } finally {
    await stage.file.close();
    if (!isMoved) await files.unlink(stage.path).catch(() => undefined);
  }
}

async function openStage({ operation, path }: ReadingFile, files: FileSystem, platform: Platform): Promise<Stage> {
  return attempt(operation, path, async () => {
    // as bytes, since a link's target need not be UTF-8
    const target = await files.realpath(path, { encoding: "buffer" });
    const folderEnd = Math.max(target.lastIndexOf("/"), platform === "windows" ? target.lastIndexOf("\\") : 0) + 1;
    const stagePath = Buffer.concat([target.subarray(0, folderEnd), Buffer.from(`.imagewright-${randomUUID()}`)]);
    return { file: await files.open(stagePath, "wx+", 0o600), path: stagePath, target };
  });
}

async function writeAll(reading: ReadingFile, file: FileHandle, content: AsyncIterable<Buffer>): Promise<void> {
  let position = 0;
  for await (const piece of content) {
    await writePiece(file, piece, position, reading);
    position += piece.length;
  }
}

/** Renames the new file to the old one. Returns false if the system does not allow it. */
async function takePlace({ operation, file, path }: ReadingFile, stage: Stage, files: FileSystem): Promise<boolean> {
  return attempt(operation, path, async () => {
    const { uid, gid, mode, nlink } = await file.stat();
    if (nlink > 1) return false;
    try {
      const own = await stage.file.stat();
      if (own.uid !== uid || own.gid !== gid) await stage.file.chown(uid, gid);
      await stage.file.chmod(mode & ALL_BITS);
      await files.rename(stage.path, stage.target);
      return true;
    } catch (thrown) {
      if (REFUSALS.includes(fileErrorCode(thrown) ?? "")) return false;
      throw thrown;
    }
  });
}

async function rewrite({ operation, file: target, path, signal }: ReadingFile, stage: FileHandle): Promise<void> {
  const { mode } = await attempt(operation, path, () => target.stat());
  await replaceContent({ operation, source: sourceOf(stage), target, path, signal });
  await restoreSpecialBits(target, path, { uid: undefined, gid: undefined, mode: mode & ALL_BITS });
}

function sourceOf(file: FileHandle): ContentSource {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  return {
    sparse: false,
    read: async (position, length) => {
      const { bytesRead } = await file.read(buffer, 0, length, position);
      return buffer.subarray(0, bytesRead);
    },
  };
}
