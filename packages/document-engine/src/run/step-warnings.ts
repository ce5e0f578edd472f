import type { ValueNode } from "@imagewright/yaml-syntax";
import type { Step } from "../syntax/document.js";
import { childOf, inputItems } from "../syntax/walk.js";
import type { StepWarning } from "./result.js";
import type { ItemWarning } from "./run-attempt.js";

const MOST_WARNINGS = 20;

/** The warnings of an attempt with their lines in the document, each once. */
export function stepWarnings(step: Step, warnings: readonly ItemWarning[]): readonly StepWarning[] {
  const items = inputItems(step);
  const found = new Map<string, StepWarning>();
  for (const { item, place, message, hints } of warnings) {
    const node = place?.path.reduce<ValueNode | undefined>(childOf, items[item]);
    const line = node === undefined ? lineOf(step) : lineOf(node) + linesBelow(node, place?.line ?? 0);
    if (found.size < MOST_WARNINGS) found.set(`${line} ${message}`, { line, message, hints });
  }
  return [...found.values()];
}

function lineOf({ span: { source, start } }: Pick<ValueNode, "span">): number {
  return source.position(start).line;
}

/** How far below its first line a line of a text is written: a block scalar begins on the line after its indicator. */
function linesBelow({ span: { source, start, end } }: ValueNode, line: number): number {
  const written = source.text.slice(start, end);
  const below = line + (/^[|>]/.test(written) ? 1 : 0);
  return below < written.split("\n").length ? below : 0;
}
