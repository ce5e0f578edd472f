import type { FileHandle } from "node:fs/promises";
import { attempt } from "./attempt.js";
import type { FilePath } from "./show-path.js";

/** The names used in messages about a written file. */
export interface WrittenFile {
  readonly path: FilePath;
  /** Phrased to follow "cannot". */
  readonly operation: string;
}

/** Writes all bytes of a chunk at a position, in as many writes as needed. */
export async function writePiece(file: FileHandle, piece: Uint8Array, position: number, { operation, path }: WrittenFile): Promise<void> {
  await attempt(operation, path, async () => {
    for (let written = 0; written < piece.length;)
      written += (await file.write(piece, written, piece.length - written, position + written)).bytesWritten;
  });
}
