import type { SourceFile, Span } from "@imagewright/diagnostics";

/** All of a text, as a place: faults in it are shown with it. */
export function wholeOf(source: SourceFile): Span {
  return { source, start: 0, end: source.text.length };
}
