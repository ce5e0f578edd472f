import type { FileHandle } from "node:fs/promises";
import type { FilePath } from "./show-path.js";
import { writePiece } from "./write-piece.js";

/** A source of content. */
export interface ContentSource {
  /** The bytes from a position on, at most `length` of them; none at the end. Valid until the next call. */
  readonly read: (position: number, length: number) => Promise<Buffer>;
  /** Whether long runs of zeros may become holes, because they are holes in the source. */
  readonly sparse: boolean;
}

/** Content to write into an open file. */
export interface ContentTransfer {
  /** The operation in messages: `write file`. */
  readonly operation: string;
  readonly source: ContentSource;
  readonly target: FileHandle;
  readonly path: FilePath;
  readonly signal: AbortSignal;
}

/** The longest chunk requested from a source. */
export const PIECE_BYTES = 256 * 1024;

// the block size of most disks
const BLOCK_BYTES = 4096;
const ZEROS = Buffer.alloc(BLOCK_BYTES);

/** A source for content in memory. */
export function contentOf(bytes: Buffer): ContentSource {
  return { read: async (position, length) => bytes.subarray(position, position + length), sparse: false };
}

/**
 * Copies from position `start` up to `end` or the source's end, whichever comes first, to the same positions of the target.
 * Returns where it stopped. Holds one chunk in memory at a time. `keepHoles` is for a range beyond the target's end.
 */
export async function copyRange(transfer: ContentTransfer, start: number, end: number, keepHoles = false): Promise<number> {
  let position = start;
  while (position < end) {
    transfer.signal.throwIfAborted();
    const piece = await transfer.source.read(position, Math.min(PIECE_BYTES, end - position));
    if (piece.length === 0) break;
    if (keepHoles && transfer.source.sparse) await writeAroundHoles(transfer, piece, position);
    else await writePiece(transfer.target, piece, position, transfer);
    position += piece.length;
  }
  return position;
}

/** Writes the blocks that are not all zeros, adjacent ones together. */
async function writeAroundHoles(transfer: ContentTransfer, piece: Buffer, position: number): Promise<void> {
  let from = 0;
  for (let at = 0; at < piece.length; at += BLOCK_BYTES) {
    const block = piece.subarray(at, at + BLOCK_BYTES);
    if (!block.equals(ZEROS.subarray(0, block.length))) continue;
    if (from < at) await writePiece(transfer.target, piece.subarray(from, at), position + from, transfer);
    from = at + block.length;
  }
  if (from < piece.length) await writePiece(transfer.target, piece.subarray(from), position + from, transfer);
}
