import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { PIECE_BYTES, type ContentSource, type ContentTransfer } from "./copy-range.js";
import { fileErrorCode } from "./describe-file-error.js";
import { openSource } from "./open-source.js";
import type { FilePath } from "./show-path.js";

/** Whether two contents are equal; stops at the first difference. Holds one chunk of each in memory. */
export async function sameContent(left: ContentSource, right: ContentSource, signal: AbortSignal): Promise<boolean> {
  let position = 0;
  for (;;) {
    signal.throwIfAborted();
    const piece = await left.read(position, PIECE_BYTES);
    // both must end at the same position
    const other = await right.read(position, Math.max(1, piece.length));
    if (piece.length === 0) return other.length === 0;
    // a read may return less than requested
    const length = Math.min(piece.length, other.length);
    if (length === 0 || !piece.subarray(0, length).equals(other.subarray(0, length))) return false;
    position += length;
  }
}

/** Whether two files have the same content. `operation` is its name in messages. */
export async function sameFiles(
  files: FileSystem,
  left: FilePath,
  right: FilePath,
  operation: string,
  signal: AbortSignal,
): Promise<boolean> {
  const first = await openSource(files, left, operation);
  try {
    const second = await openSource(files, right, operation);
    try {
      return await sameContent(first, second, signal);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

/** The content of an open file; empty if it was opened for writing only. */
export function targetContent({ operation, path, target }: Omit<ContentTransfer, "source">): ContentSource {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  const read = async (position: number, length: number) => {
    const { bytesRead } = await attempt(operation, path, () => target.read(buffer, 0, length, position).catch(nothingToRead));
    return buffer.subarray(0, bytesRead);
  };
  return { read, sparse: false };
}

function nothingToRead(thrown: unknown): { readonly bytesRead: number } {
  if (fileErrorCode(thrown) === "EBADF") return { bytesRead: 0 };
  throw thrown;
}
