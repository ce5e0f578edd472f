import type { SourceFile } from "./source-file.js";

/** A stretch of a source file: from `start` up to, not including, `end` (offsets in UTF-16 code units). */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The stretch of the file that people have: for a text that was taken out of another, the place that it was taken from. */
export function inFile({ source, start, end }: Span): Span {
  return source.origin === undefined ? { source, start, end } : inFile(source.origin(start, end));
}

/** The stretch as a message names it: `file:line:column`. */
export function formatLocation(span: Span): string {
  const { source, start } = inFile(span);
  const { line, column } = source.position(start);
  return `${source.name}:${line}:${column}`;
}
