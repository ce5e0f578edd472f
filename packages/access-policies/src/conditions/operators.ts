import { compareAddresses } from "./compare-addresses.js";
import { compareArns } from "./compare-arns.js";
import { compareDates } from "./compare-dates.js";
import { compareNumeric, ORDERS } from "./compare-numbers.js";
import { compareBinary, compareBooleans } from "./compare-others.js";
import { compareLikeStrings, compareStrings, compareStringsIgnoringCase } from "./compare-strings.js";
import type { Comparison } from "./value-test.js";

/** An operator without its prefix and suffix. */
export interface BaseOperator {
  readonly comparison: Comparison;
  /** Whether it holds for values that do not compare: `StringNotEquals`. */
  readonly negated: boolean;
}

const is = (comparison: Comparison): BaseOperator => ({ comparison, negated: false });
const isNot = (comparison: Comparison): BaseOperator => ({ comparison, negated: true });

/** The operators of conditions that compare values; `Null` asks whether there are any. Source: IAM, elements of policies. */
export const BASE_OPERATORS: ReadonlyMap<string, BaseOperator> = new Map([
  ["StringEquals", is(compareStrings)],
  ["StringNotEquals", isNot(compareStrings)],
  ["StringEqualsIgnoreCase", is(compareStringsIgnoringCase)],
  ["StringNotEqualsIgnoreCase", isNot(compareStringsIgnoringCase)],
  ["StringLike", is(compareLikeStrings)],
  ["StringNotLike", isNot(compareLikeStrings)],
  ...ordered("Numeric", compareNumeric),
  ...ordered("Date", compareDates),
  ["Bool", is(compareBooleans)],
  ["BinaryEquals", is(compareBinary)],
  ["IpAddress", is(compareAddresses)],
  ["NotIpAddress", isNot(compareAddresses)],
  ["ArnEquals", is(compareArns)],
  ["ArnNotEquals", isNot(compareArns)],
  ["ArnLike", is(compareArns)],
  ["ArnNotLike", isNot(compareArns)],
] satisfies [string, BaseOperator][]);

function ordered(prefix: string, compare: typeof compareNumeric): [string, BaseOperator][] {
  return [
    ...Object.entries(ORDERS).map(([name, order]): [string, BaseOperator] => [`${prefix}${name}`, is(compare(order))]),
    [`${prefix}NotEquals`, isNot(compare(ORDERS.Equals))],
  ];
}

/** An operator as written in a policy. */
export type ConditionOperator =
  | { readonly kind: "null" }
  | (BaseOperator & {
      readonly kind: "comparison";
      /** For keys with several values: whether each of them has to fit, or one. */
      readonly values: "each" | "any" | "single";
      /** Whether it holds if the request does not have the key. */
      readonly ifExists: boolean;
    });

/** Reads `StringLike`, `ForAllValues:StringLikeIfExists`, `Null`. Undefined for others. */
export function readOperator(name: string): ConditionOperator | undefined {
  if (name === "Null") return { kind: "null" };
  const [, quantifier, base = "", suffix] = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const found = BASE_OPERATORS.get(base);
  if (found === undefined) return undefined;
  const values = quantifier === undefined ? "single" : quantifier === "ForAllValues:" ? "each" : "any";
  return { kind: "comparison", ...found, values, ifExists: suffix !== undefined };
}
