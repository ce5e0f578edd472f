import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "../files/attempt.js";
import { PIECE_BYTES, type ContentSource } from "../files/copy-range.js";
import type { FilePath } from "../files/show-path.js";

const OPERATION = "copy file";
// the unit in which stat counts what a file takes on disk
const BLOCK_BYTES = 512;

/** A file as the source of content; close it when the copy is done. */
export async function openSource(files: FileSystem, path: FilePath): Promise<ContentSource & { readonly close: () => Promise<void> }> {
  const file = await attempt(OPERATION, path, () => files.open(path, "r"));
  const { blocks, size } = await attempt(OPERATION, path, () => file.stat());
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  return {
    sparse: blocks * BLOCK_BYTES < size,
    read: async (position, length) => {
      const { bytesRead } = await attempt(OPERATION, path, () => file.read(buffer, 0, length, position));
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
