import type { Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import { parseTemplate, type TemplatePart } from "./template.js";

/**
 * Where a reference stands in the source. A scalar's text and its written form differ by quotes, escapes and folding, but both have
 * the same `{{` in the same order, so the place is found by counting them; where the counts differ, as with an alias or with braces in
 * the comment of a block's first line, it is the whole scalar.
 */
export function placeOfReference(scalar: ScalarNode, ordinal: number): Span {
  const { source, start, end } = scalar.span;
  const parts = parseTemplate(source.text.slice(start, end));
  if (countReferences(parts) !== countReferences(parseTemplate(scalar.text))) return scalar.span;
  let offset = start;
  for (const part of parts) {
    const length = typeof part === "string" ? part.length : part.written.length;
    if (typeof part !== "string" && part.ordinal === ordinal) return { source, start: offset, end: offset + length };
    offset += length;
  }
  return scalar.span;
}

function countReferences(parts: readonly TemplatePart[]): number {
  return parts.filter((part) => typeof part !== "string").length;
}
