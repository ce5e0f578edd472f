import type { FileHandle } from "node:fs/promises";
import { attempt } from "./attempt.js";
import type { FilePath } from "./show-path.js";

/** Where content comes from. */
export interface ContentSource {
  /** The bytes from a position on, at most `length` of them; none at the end. They are good until the next call. */
  readonly read: (position: number, length: number) => Promise<Buffer>;
  /** Whether long runs of zeros may become holes, because they are holes in the source. */
  readonly sparse: boolean;
}

/** Content on its way into an open file. */
export interface Transfer {
  /** What messages call it: `write file`. */
  readonly operation: string;
  readonly source: ContentSource;
  readonly target: FileHandle;
  readonly path: FilePath;
  readonly signal: AbortSignal;
}

/** The longest piece that is asked of a source. */
export const PIECE_BYTES = 256 * 1024;

const ZEROS = Buffer.alloc(PIECE_BYTES);

/** Content that is in memory already. */
export function contentOf(bytes: Buffer): ContentSource {
  return { read: async (position, length) => bytes.subarray(position, position + length), sparse: false };
}

/**
 * Copies from position `start` up to `end` or the source's end, whichever comes first, to the same positions of the target.
 * Returns where it stopped. Holds one piece in memory at a time. `keepHoles` is for a range that the target does not have yet.
 */
export async function copyRange(transfer: Transfer, start: number, end: number, keepHoles = false): Promise<number> {
  let position = start;
  while (position < end) {
    transfer.signal.throwIfAborted();
    const piece = await transfer.source.read(position, Math.min(PIECE_BYTES, end - position));
    if (piece.length === 0) break;
    const hole = keepHoles && transfer.source.sparse && piece.equals(ZEROS.subarray(0, piece.length));
    if (!hole) await writePiece(transfer, piece, position);
    position += piece.length;
  }
  return position;
}

async function writePiece({ operation, target, path }: Transfer, piece: Buffer, position: number): Promise<void> {
  await attempt(operation, path, async () => {
    let written = 0;
    while (written < piece.length) written += (await target.write(piece, written, piece.length - written, position + written)).bytesWritten;
  });
}
