import type { Comparison } from "./comparison.js";
import { LOGICAL_OPERATORS, type LogicalOperator } from "./logical.js";
import { COMPARISONS } from "./operator-table.js";

/** What a kind of document allows in its conditions. */
export interface ConditionLanguage {
  /** The names of all operators, as the guide writes them. */
  readonly operatorNames: readonly string[];
  /** An operator by its name in any case of letters: the guide's examples contain `stringlessThan`. */
  readonly find: (name: string) => Comparison | LogicalOperator | undefined;
  /** Whether a comparison takes one of the four levels, as `and`, `or` and `not` do. */
  readonly comparisonsHaveLevels: boolean;
  /** The most conditions below one `and` or `or`. */
  readonly mostItems: number;
}

const COMPONENT_LIMITS = { comparisonsHaveLevels: false, mostItems: Number.POSITIVE_INFINITY };

/** Conditions of component documents. Source: guide chapter 13. */
export const COMPONENT_CONDITIONS: ConditionLanguage = languageOf(
  COMPARISONS.map(({ name }) => name).filter((name) => name !== "booleanEquals"),
  COMPONENT_LIMITS,
);

/** The names of the operators of component documents. */
export const OPERATOR_NAMES = COMPONENT_CONDITIONS.operatorNames;

/** Conditions of workflow documents, which depend on their operands alone. Source: guide chapter 39. */
export const WORKFLOW_CONDITIONS: ConditionLanguage = languageOf(
  [
    ...["booleanEquals", "stringEquals", "numberEquals"],
    ...["numberGreaterThan", "numberGreaterThanEquals", "numberLessThan", "numberLessThanEquals"],
  ],
  { comparisonsHaveLevels: true, mostItems: 10 },
);

function languageOf(
  comparisons: readonly string[],
  limits: Pick<ConditionLanguage, "comparisonsHaveLevels" | "mostItems">,
): ConditionLanguage {
  const operators = [...COMPARISONS.filter(({ name }) => comparisons.includes(name)), ...LOGICAL_OPERATORS];
  const byLowerCaseName = new Map(operators.map((operator) => [operator.name.toLowerCase(), operator]));
  return { ...limits, operatorNames: operators.map(({ name }) => name), find: (name) => byLowerCaseName.get(name.toLowerCase()) };
}
