import type { LoopVariables } from "../references/loop-variables.js";
import type { Scope } from "../references/scope.js";
import type { Loop } from "../syntax/document.js";

/** The values of a loop, in order. They are determined once, before the first attempt. */
export type IterationValues = Iterable<string>;

/**
 * Determines the values of a loop. A delimited text is split at each delimiter; an empty one has no values.
 * Throws an ImagewrightError for an unknown reference.
 */
export function settleLoop({ values }: Loop, scope: Scope): IterationValues {
  if (values.kind === "range") return { [Symbol.iterator]: () => rangeOf(values) };
  if (values.kind === "list") return values.items.map((item) => scope.resolveText(item));
  const text = scope.resolveText(values.list);
  return text === "" ? [] : text.split(values.delimiter);
}

/** The numbers of a `for` loop; there is always at least one. */
export function* rangeOf({ start, end, updateBy }: Extract<Loop["values"], { kind: "range" }>): Generator<string> {
  for (let value = start; updateBy > 0 ? value <= end : value >= end; value += updateBy) yield String(value);
}

/** The variables of each iteration. */
export function* iterationsOf(loop: Loop, values: IterationValues): Generator<LoopVariables> {
  let index = 0;
  for (const value of values) yield { name: loop.name?.text, index: index++, value };
}
