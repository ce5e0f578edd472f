import type { SourceFile, Span } from "@imagewright/diagnostics";

/** The span of a whole text, for faults in it. */
export function wholeSpan(source: SourceFile): Span {
  return { source, start: 0, end: source.text.length };
}
