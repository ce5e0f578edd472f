import type { RequestScope } from "./request-scope.js";
import type { ConditionOperator } from "./operators.js";
import type { ValueTest } from "./value-test.js";

/** One line of a `Condition`: an operator, a key and its values, prepared. */
export interface CompiledCondition {
  /** As written. */
  readonly operator: string;
  readonly key: string;
  readonly written: readonly string[];
  holds(scope: RequestScope): boolean;
}

interface ConditionParts {
  readonly operator: ConditionOperator;
  readonly key: string;
  readonly values: readonly string[];
  readonly variables: boolean;
  /** What a negated operator says of a value that cannot be known: an `Allow` must not grant by it, a `Deny` denies by it. */
  readonly unknownHolds: boolean;
}

/** Prepares the test of a condition whose values are allowed. */
export function prepareCondition({ operator, key, values, variables, unknownHolds }: ConditionParts): (scope: RequestScope) => boolean {
  const name = key.toLowerCase();
  if (operator.kind === "null") {
    const allowed = new Set(values.map((value) => value.toLowerCase() === "true"));
    return (scope) => allowed.has(scope.get(name) === undefined);
  }
  const { comparison, negated, values: quantity, ifExists } = operator;
  const tests = values.flatMap((value) => comparison.prepare(value, variables) ?? []);
  const fits = negated
    ? (found: string, scope: RequestScope) => fitsNone(tests, found, scope, unknownHolds)
    : (found: string, scope: RequestScope) => tests.some((test) => test(found, scope) === true);
  return (scope) => {
    const found = scope.get(name);
    if (found === undefined) return ifExists || quantity === "each" || (negated && quantity !== "any");
    // a negated operator without ForAnyValue has to hold for each value
    const each = quantity === "each" || (quantity === "single" && negated);
    return each ? found.every((value) => fits(value, scope)) : found.some((value) => fits(value, scope));
  };
}

function fitsNone(tests: readonly ValueTest[], found: string, scope: RequestScope, unknownHolds: boolean): boolean {
  let isUnknown = false;
  for (const test of tests) {
    const match = test(found, scope);
    if (match === true) return false;
    if (match === undefined) isUnknown = true;
  }
  return !isUnknown || unknownHolds;
}
