export { checkCondition } from "./check-condition.js";
export type { ConditionContext, Verdict } from "./comparison.js";
export { evaluateCondition, evaluateWorkflowCondition } from "./evaluate-condition.js";
export { knownVerdict } from "./known-verdict.js";
export { COMPONENT_CONDITIONS, OPERATOR_NAMES, WORKFLOW_CONDITIONS, type ConditionLanguage } from "./condition-language.js";
export type { ConditionOptions } from "./read-condition.js";
