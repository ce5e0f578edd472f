import type { ScalarNode } from "@imagewright/yaml-syntax";
import { textAt, type PlacedText } from "./placed-text.js";
import { offsetsOfFlow } from "./flow-offsets.js";
import { offsetsOfFolded, offsetsOfLiteral } from "./block-offsets.js";

/** The text of a scalar with the place of each character, whatever the style in which it is written. */
export function placedTextOf(node: ScalarNode): PlacedText {
  const offsets = offsetsOf(node);
  // an alias has its text elsewhere
  return offsets === undefined ? textAt(node.text, node.span.start) : { text: node.text, offsets, unknown: [] };
}

function offsetsOf({ text, span }: ScalarNode): number[] | undefined {
  const written = span.source.text.slice(span.start, span.end);
  const at = (offset: number) => offset + span.start;
  if (written === text) return Array.from({ length: text.length }, (_, index) => span.start + index);
  switch (written.charAt(0)) {
    case "|":
      return offsetsOfLiteral(written, text)?.map(at);
    case ">":
      return offsetsOfFolded(written, text)?.map(at);
    default:
      return offsetsOfFlow(written, text)?.map(at);
  }
}
