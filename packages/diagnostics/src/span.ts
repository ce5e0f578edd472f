import type { SourceFile } from "./source-file.js";

/** A range of a source file: from `start` up to, not including, `end` (offsets in UTF-16 code units). */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The span in the original file: for an extracted text, the place that it was extracted from. */
export function inFile({ source, start, end }: Span): Span {
  return source.origin === undefined ? { source, start, end } : inFile(source.origin(start, end));
}

/** The start of the span for messages: `file:line:column`. */
export function formatLocation(span: Span): string {
  const { source, start } = inFile(span);
  const { line, column } = source.position(start);
  return `${source.name}:${line}:${column}`;
}
