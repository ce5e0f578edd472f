import { ONE, type ANY, type PatternPiece } from "./template.js";

/** A run of characters between two `*`; in a list, a missing character stands for any one. */
export type Chunk = string | readonly (string | undefined)[];

/** The chunk of pieces without `*`. */
export function chunkOf(pieces: readonly Exclude<PatternPiece, typeof ANY>[]): Chunk {
  if (!pieces.includes(ONE)) return pieces.join("");
  return pieces.flatMap((piece) => (piece === ONE ? [undefined] : [...piece]));
}

/**
 * Whether a text is the chunks in their order, with any characters between two of them. The leftmost place of each chunk is best, so
 * nothing is ever tried again: the time is at most the length of the text times that of the longest chunk, whatever the pattern.
 */
export function matchesChunks(chunks: readonly Chunk[], text: string): boolean {
  const last = chunks.length - 1;
  let position = endAt(chunks[0] ?? "", text, 0);
  if (last < 1) return position === text.length;
  for (let nth = 1; nth < last && position !== -1; nth += 1) {
    const chunk = chunks[nth] ?? "";
    position = typeof chunk === "string" ? endOfText(chunk, text, position) : endOfChunk(chunk, text, position);
  }
  return position !== -1 && isAtEnd(chunks[last] ?? "", text, position);
}

/** Whether the texts that begin with this one are the chunks; undefined if some are and others are not. */
export function matchesStart(chunks: readonly Chunk[], text: string): boolean | undefined {
  const [first = "", ...others] = chunks;
  const [wanted, found] = [[...first], [...text]];
  if (others.length === 0 && wanted.length < found.length) return false;
  for (const [nth, character] of wanted.slice(0, found.length).entries())
    if (character !== undefined && character !== found[nth]) return false;
  return others.at(-1) === "" && matchesChunks(chunks, text) ? true : undefined;
}

/** The end of a chunk that begins at a position, or -1. */
function endAt(chunk: Chunk, text: string, start: number): number {
  if (typeof chunk === "string") return text.startsWith(chunk, start) ? start + chunk.length : -1;
  let position = start;
  for (const character of chunk) {
    const found = characterAt(text, position);
    if (found === "" || (character !== undefined && character !== found)) return -1;
    position += found.length;
  }
  return position;
}

function endOfText(chunk: string, text: string, from: number): number {
  const start = text.indexOf(chunk, from);
  return start === -1 ? -1 : start + chunk.length;
}

/** The end of the leftmost place of a chunk. */
function endOfChunk(chunk: Chunk, text: string, from: number): number {
  for (let start = from; start < text.length; start += characterAt(text, start).length) {
    const end = endAt(chunk, text, start);
    if (end !== -1) return end;
  }
  return -1;
}

function isAtEnd(chunk: Chunk, text: string, from: number): boolean {
  if (typeof chunk === "string") return text.length - chunk.length >= from && text.endsWith(chunk);
  for (let start = from; start < text.length; start += characterAt(text, start).length)
    if (endAt(chunk, text, start) === text.length) return true;
  return false;
}

/** One character, which may be a pair of surrogates; nothing behind the end. */
function characterAt(text: string, position: number): string {
  const point = text.codePointAt(position);
  return point === undefined ? "" : String.fromCodePoint(point);
}
