import type { FileHandle } from "node:fs/promises";
import { attempt } from "./attempt.js";
import type { FilePath } from "./show-path.js";

/** What messages about a file that is written are to say. */
export interface WrittenFile {
  readonly path: FilePath;
  /** As it follows "cannot". */
  readonly operation: string;
}

/** Writes all the bytes of a piece at a position, in as many writes as it takes. */
export async function writePiece(file: FileHandle, piece: Uint8Array, position: number, { operation, path }: WrittenFile): Promise<void> {
  await attempt(operation, path, async () => {
    for (let written = 0; written < piece.length;)
      written += (await file.write(piece, written, piece.length - written, position + written)).bytesWritten;
  });
}
