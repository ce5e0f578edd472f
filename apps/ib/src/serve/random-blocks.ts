import { randomFillSync } from "node:crypto";

const BLOCK_BYTES = 4_096;

/**
 * Random bytes of the operating system, which are taken from it in blocks: a request needs few, and asking for them takes as long as for
 * many. Each byte is given out once. What is longer than a block is asked for by itself.
 */
export function randomBlocks(): (bytes: number) => Uint8Array {
  let block = Buffer.alloc(0);
  let used = 0;
  return (bytes) => {
    if (bytes > BLOCK_BYTES) return randomFillSync(Buffer.alloc(bytes));
    if (used + bytes > block.length) {
      // a new one each time: what was given out stays as it is
      block = randomFillSync(Buffer.alloc(BLOCK_BYTES));
      used = 0;
    }
    used += bytes;
    return block.subarray(used - bytes, used);
  };
}
