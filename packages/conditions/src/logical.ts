import type { ConditionContext, Verdict } from "./comparison.js";

/** A condition that has been read and is ready to be evaluated. */
export type Evaluator = (context: ConditionContext) => Promise<Verdict>;

/** `and`, `or` and `not`. */
export interface LogicalOperator {
  readonly name: string;
  /** Whether its operand is a list of conditions or a single one. */
  readonly takes: "list" | "one";
  readonly join: (items: readonly Evaluator[]) => Evaluator;
}

export const LOGICAL_OPERATORS: readonly LogicalOperator[] = [
  { name: "and", takes: "list", join: (items) => untilFirst(false, items) },
  { name: "or", takes: "list", join: (items) => untilFirst(true, items) },
  { name: "not", takes: "one", join: negate },
];

// the maximum number of facts in an explanation
const MOST_FACTS = 5;

/** Evaluates in order up to the first item with the deciding value. If there is none, the explanation lists the facts of all items. */
function untilFirst(deciding: boolean, items: readonly Evaluator[]): Evaluator {
  return async (context) => {
    const facts: string[] = [];
    for (const item of items) {
      context.signal.throwIfAborted();
      const verdict = await item(context);
      if (verdict.value === deciding) return verdict;
      facts.push(verdict.explanation);
    }
    return { value: !deciding, explanation: joinFacts(facts) };
  };
}

/** Negates the value. The explanation states what was found, so it is the same. */
function negate(items: readonly Evaluator[]): Evaluator {
  const all = untilFirst(false, items);
  return async (context) => {
    const { value, explanation } = await all(context);
    return { value: !value, explanation };
  };
}

function joinFacts(facts: readonly string[]): string {
  const shown = facts.slice(0, MOST_FACTS);
  const more = facts.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", and ");
}
