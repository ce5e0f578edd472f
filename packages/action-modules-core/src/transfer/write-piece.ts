import type { FileHandle } from "node:fs/promises";
import { attempt } from "../files/attempt.js";
import type { FilePath } from "../files/show-path.js";

/** Writes all the bytes of a piece at a position; messages name the file it is for. */
export async function writePiece(file: FileHandle, piece: Uint8Array, position: number, path: FilePath): Promise<void> {
  await attempt("write file", path, async () => {
    let written = 0;
    while (written < piece.length) written += (await file.write(piece, written, piece.length - written, position + written)).bytesWritten;
  });
}
