import type { Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import { parseTemplate, referencesIn, type TemplatePart } from "./template.js";

/** The places of all references of a scalar: a text with many faults is parsed once. */
const known = new WeakMap<ScalarNode, readonly Span[]>();

/**
 * The place of a reference in the source. A scalar's text and its written form differ by quotes, escapes and folding, but both contain
 * the same `{{` in the same order, so the place is found by counting them; if the counts differ, as with an alias or with braces in
 * the comment of a block's first line, it is the whole scalar.
 */
export function placeOfReference(scalar: ScalarNode, ordinal: number): Span {
  let places = known.get(scalar);
  if (places === undefined) known.set(scalar, (places = placesIn(scalar)));
  return places[ordinal] ?? scalar.span;
}

/** Empty if the places cannot be distinguished. */
function placesIn(scalar: ScalarNode): Span[] {
  const { source, start, end } = scalar.span;
  const parts = parseTemplate(source.text.slice(start, end));
  if (countReferences(parts) !== countReferences(referencesIn(scalar) ?? [])) return [];
  const places: Span[] = [];
  let offset = start;
  for (const part of parts) {
    const length = typeof part === "string" ? part.length : part.written.length;
    if (typeof part !== "string") places.push({ source, start: offset, end: offset + length });
    offset += length;
  }
  return places;
}

function countReferences(parts: readonly TemplatePart[]): number {
  return parts.filter((part) => typeof part !== "string").length;
}
