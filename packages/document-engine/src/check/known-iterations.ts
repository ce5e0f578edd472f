import type { ScalarNode } from "@imagewright/yaml-syntax";
import type { KnownValues } from "../references/known-values.js";
import { rangeOf } from "../run/loop-values.js";
import type { Loop } from "../syntax/document.js";

/** The values of a loop, as far as they are known before the run; undefined if not even their number is known. */
export type KnownIterations = Iterable<string | undefined> | undefined;

/** The loop's values must have been visited. */
export function knownIterations({ values: over }: Loop, values: KnownValues): KnownIterations {
  if (over.kind === "range") return rangeOf(over);
  if (over.kind === "list") return over.items.map((item) => knownText(item, values));
  const text = knownText(over.list, values);
  return text === "" ? [] : text?.split(over.delimiter);
}

/** Whether a loop is known to have no iterations. */
export function hasNoIterations(iterations: KnownIterations): boolean {
  return Array.isArray(iterations) && iterations.length === 0;
}

function knownText(scalar: ScalarNode, values: KnownValues): string | undefined {
  const known = values.of(scalar, "no loop");
  return known.kind === "text" ? known.text : known.kind === "nothing" ? scalar.text : undefined;
}
