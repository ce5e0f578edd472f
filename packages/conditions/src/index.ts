export { checkCondition } from "./check-condition.js";
export type { ConditionContext, Verdict } from "./comparison.js";
export { evaluateCondition } from "./evaluate-condition.js";
export { knownVerdict } from "./known-verdict.js";
export { OPERATOR_NAMES } from "./operator-table.js";
export type { ConditionOptions } from "./read-condition.js";
