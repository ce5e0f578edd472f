import { attempt } from "./attempt.js";
import { contentOf, copyRange, type ContentTransfer } from "./copy-range.js";
import { sameContent, targetContent } from "./same-content.js";

const NEVER = new AbortController().signal;

/**
 * Replaces the content of an open file in place, so that its links, owner, permissions and labels stay; gives whether it was another.
 * What reaches beyond its old end is written first: a disk that is too full fails there, and the old content is whole. An abort is heeded
 * until the first old byte is overwritten; from then on the file is written to its end, so that it is never half of each.
 */
export async function replaceContent(transfer: ContentTransfer): Promise<boolean> {
  const oldSize = await sizeOf(transfer);
  if (oldSize > 0 && (await sameContent(transfer.source, targetContent(transfer), transfer.signal))) return false;
  const end = await extendContent(transfer, oldSize);
  const headEnd = await copyRange({ ...transfer, signal: NEVER }, 0, oldSize);
  // also gives the file its length where it ends in a hole
  await attempt(transfer.operation, transfer.path, () => transfer.target.truncate(end > oldSize ? end : headEnd));
  return oldSize > 0 || end > 0;
}

/** Adds bytes at the end of a file that was opened for appending. A failure takes back what part of them was written. */
export async function appendContent(transfer: Omit<ContentTransfer, "source">, bytes: Buffer): Promise<void> {
  const oldSize = await sizeOf(transfer);
  const { read } = contentOf(bytes);
  await extendContent({ ...transfer, source: { read: (position, length) => read(position - oldSize, length), sparse: false } }, oldSize);
}

async function sizeOf({ operation, path, target }: Omit<ContentTransfer, "source">): Promise<number> {
  return (await attempt(operation, path, () => target.stat())).size;
}

async function extendContent(transfer: ContentTransfer, oldSize: number): Promise<number> {
  try {
    return await copyRange(transfer, oldSize, Infinity, true);
  } catch (thrown) {
    await transfer.target.truncate(oldSize).catch(() => undefined);
    throw thrown;
  }
}
