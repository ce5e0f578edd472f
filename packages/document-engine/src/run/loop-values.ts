import type { LoopVariables } from "../references/loop-variables.js";
import type { Scope } from "../references/scope.js";
import type { Loop } from "../syntax/document.js";

/** The values that a loop goes over, in order. They are settled once, before the first attempt. */
export type IterationValues = Iterable<string>;

/**
 * Settles the values of a loop. A delimited text is split at each delimiter; an empty one has no values.
 * Throws an ImagewrightError for a reference that leads to nothing.
 */
export function settleLoop({ values }: Loop, scope: Scope): IterationValues {
  if (values.kind === "range") return { [Symbol.iterator]: () => rangeOf(values) };
  if (values.kind === "list") return values.items.map((item) => scope.resolveText(item));
  const text = scope.resolveText(values.list);
  return text === "" ? [] : text.split(values.delimiter);
}

/** The numbers of a `for` loop, of which there is always one at least. */
export function* rangeOf({ start, end, updateBy }: Extract<Loop["values"], { kind: "range" }>): Generator<string> {
  for (let value = start; updateBy > 0 ? value <= end : value >= end; value += updateBy) yield String(value);
}

/** The variables of each iteration. */
export function* iterationsOf(loop: Loop, values: IterationValues): Generator<LoopVariables> {
  let index = 0;
  for (const value of values) yield { name: loop.name?.text, index: index++, value };
}
