import type { SourceFile, Span } from "@imagewright/diagnostics";

/** A part of the text that is being parsed, with its place. */
export interface Piece {
  readonly text: string;
  readonly span: Span;
}

/** The whole text of a source. */
export function wholeOf(source: SourceFile): Piece {
  return { text: source.text, span: { source, start: 0, end: source.text.length } };
}

/** The part of a piece between two offsets within it; the end is exclusive. */
export function slice({ text, span }: Piece, start: number, end = text.length): Piece {
  return { text: text.slice(start, end), span: { source: span.source, start: span.start + start, end: span.start + end } };
}

/** The parts between separators, in order; the piece itself if there is no separator. */
export function split(piece: Piece, separator: RegExp): Piece[] {
  const parts: Piece[] = [];
  let start = 0;
  for (const match of piece.text.matchAll(new RegExp(separator, "g"))) {
    parts.push(slice(piece, start, match.index));
    start = match.index + match[0].length;
  }
  parts.push(slice(piece, start));
  return parts;
}
