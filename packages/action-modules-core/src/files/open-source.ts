import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { PIECE_BYTES, type ContentSource } from "./copy-range.js";
import type { FilePath } from "./show-path.js";

// the unit of stat's block count
const BLOCK_BYTES = 512;

/** Content that can be closed when it is no longer needed. */
export interface OpenSource extends ContentSource {
  readonly close: () => Promise<void>;
}

/** Whether the file is sparse. */
export function hasHoles({ blocks, size }: { readonly blocks: number; readonly size: number }): boolean {
  return blocks * BLOCK_BYTES < size;
}

/** A file as a source of content. `operation` is its name in messages: `copy file`. */
export async function openSource(files: FileSystem, path: FilePath, operation: string): Promise<OpenSource> {
  const file = await attempt(operation, path, () => files.open(path, "r"));
  const facts = await attempt(operation, path, () => file.stat());
  // a small file needs no large buffer; files of the kernel have content although their size is 0
  const buffer = Buffer.allocUnsafe(facts.size === 0 ? PIECE_BYTES : Math.min(PIECE_BYTES, facts.size));
  return {
    sparse: hasHoles(facts),
    read: async (position, length) => {
      const { bytesRead } = await attempt(operation, path, () => file.read(buffer, 0, Math.min(length, buffer.length), position));
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
