import type { Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";

/**
 * Where a reference stands in the source. A scalar's text and its written form differ by quotes, escapes and folding, but both have
 * the same `{{` in the same order, so the place is found by counting them; if the counts differ, it is the whole scalar.
 */
export function placeOfReference(scalar: ScalarNode, ordinal: number): Span {
  const { source, start, end } = scalar.span;
  const written = source.text.slice(start, end);
  let from = 0;
  for (let seen = 0; ; seen++) {
    const opening = written.indexOf("{{", from);
    const closing = opening === -1 ? -1 : written.indexOf("}}", opening + 2);
    if (closing === -1) return scalar.span;
    if (seen === ordinal) return { source, start: start + opening, end: start + closing + 2 };
    from = closing + 2;
  }
}
