import type { SourceFile } from "./source-file.js";

/** A stretch of a source file: from `start` up to, not including, `end` (offsets in UTF-16 code units). */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** The stretch as a message names it: `file:line:column`. */
export function formatLocation(span: Span): string {
  const { line, column } = span.source.position(span.start);
  return `${span.source.name}:${line}:${column}`;
}
