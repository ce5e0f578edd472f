import { createHash } from "node:crypto";
import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "../files/attempt.js";

const PIECE_BYTES = 1024 * 1024;

/** The hash of a file's content in lower-case hexadecimal digits. Reads the next chunk while it hashes one; holds two in memory. */
export async function hashFile(files: FileSystem, path: string, algorithm: string, signal: AbortSignal): Promise<string> {
  const operation = "read file";
  const hash = createHash(algorithm);
  const file = await attempt(operation, path, () => files.open(path, "r"));
  try {
    const read = (buffer: Buffer) => attempt(operation, path, () => file.read(buffer, 0, buffer.length, null));
    const buffers: [Buffer, Buffer] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
    let piece = await read(buffers[0]);
    while (piece.bytesRead > 0) {
      signal.throwIfAborted();
      const next = read(buffers[1]);
      hash.update(piece.buffer.subarray(0, piece.bytesRead));
      buffers.reverse();
      piece = await next;
    }
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}
