import type { FileHandle } from "node:fs/promises";
import { attempt } from "./attempt.js";
import type { FilePath } from "./show-path.js";

/** An open file to read, and its name in messages. */
export interface ReadingFile {
  readonly operation: string;
  readonly file: FileHandle;
  readonly path: FilePath;
  readonly signal: AbortSignal;
}

const PIECE_BYTES = 64 * 1024;

/** The bytes of a file from start to end, in chunks with their own buffers. */
export async function* readPieces({ operation, file, path, signal }: ReadingFile): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    signal.throwIfAborted();
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    const { bytesRead } = await attempt(operation, path, () => file.read(buffer, 0, PIECE_BYTES, position));
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
