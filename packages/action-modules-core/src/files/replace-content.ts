import { attempt } from "./attempt.js";
import { contentOf, copyRange, type ContentTransfer } from "./copy-range.js";
import { sameContent, targetContent } from "./same-content.js";

const NEVER = new AbortController().signal;

/**
 * Replaces the content of an open file in place, so that its links, owner, permissions and labels stay; returns whether it changed.
 * The part beyond its old end is written first: a full disk fails there, while the old content is still intact. An abort is honoured
 * until the first old byte is overwritten; from then on the file is written to its end, so that it never contains a mixture.
 */
export async function replaceContent(transfer: ContentTransfer): Promise<boolean> {
  const oldSize = await sizeOf(transfer);
  if (oldSize > 0 && (await sameContent(transfer.source, targetContent(transfer), transfer.signal))) return false;
  const end = await extendContent(transfer, oldSize);
  const headEnd = await copyRange({ ...transfer, signal: NEVER }, 0, oldSize);
  // also sets the length of a file that ends in a hole
  await attempt(transfer.operation, transfer.path, () => transfer.target.truncate(end > oldSize ? end : headEnd));
  return oldSize > 0 || end > 0;
}

/** Adds bytes to a file that was opened for appending. After a failure the partly written bytes are removed. */
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
