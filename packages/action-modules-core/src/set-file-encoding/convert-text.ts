import { findByteOrderMark, LONGEST_MARK } from "../files/byte-order-mark.js";
import { NotText, TextPieces } from "../files/decode-text.js";
import { encodeText, parseEncoding, type TextEncoding } from "../files/text-encoding.js";

/** The encoding information in a file's first bytes. */
export interface SourceText {
  readonly encoding: TextEncoding;
  /** Whether there is a byte-order mark. */
  readonly isMarked: boolean;
  readonly isEmpty: boolean;
}

/** The encoding of the byte-order mark; utf-8 if there is none. */
export async function findSource(pieces: AsyncIterable<Buffer>): Promise<SourceText> {
  let start: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    start = Buffer.concat([start, piece]);
    if (start.length >= LONGEST_MARK) break;
  }
  const mark = findByteOrderMark(start);
  return { encoding: parseEncoding(mark?.title), isMarked: mark !== undefined, isEmpty: start.length === 0 };
}

/** The same text in another encoding, without a byte-order mark. Throws `NotText` if the chunks are not text of the first. */
export async function* convertPieces(pieces: AsyncIterable<Buffer>, source: TextEncoding, target: TextEncoding): AsyncGenerator<Buffer> {
  for await (const text of textOf(pieces, source)) yield encodeText(text, target);
}

/**
 * Whether bytes without a mark are text of a 16- or 32-bit encoding. Nearly all bytes are valid there, also in the other byte
 * order, so the decision depends on the text: more characters of Latin 1 (including spaces, digits and line ends) than there would
 * be in the other order.
 */
export async function isTextOf(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): Promise<boolean> {
  let evidence = 0;
  try {
    for await (const text of textOf(pieces, encoding)) evidence += latinCharacters(text) - turnedCharacters(text);
  } catch (thrown) {
    if (thrown instanceof NotText) return false;
    throw thrown;
  }
  return evidence > 0;
}

async function* textOf(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextPieces(encoding);
  for await (const piece of pieces) yield decoder.write(piece);
  yield decoder.end();
}

function latinCharacters(text: string): number {
  return countUnits(text, (unit) => unit <= 0xff);
}

function turnedCharacters(text: string): number {
  return countUnits(text, (unit) => (unit & 0xff) === 0);
}

function countUnits(text: string, counts: (unit: number) => boolean): number {
  let found = 0;
  for (let at = 0; at < text.length; at += 1) if (counts(text.charCodeAt(at))) found += 1;
  return found;
}
