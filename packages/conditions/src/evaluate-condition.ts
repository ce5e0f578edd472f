import type { ConditionContext, Verdict } from "./comparison.js";
import { WORKFLOW_CONDITIONS } from "./condition-language.js";
import { conditionError } from "./errors.js";
import { readCondition, type ConditionOptions } from "./read-condition.js";

/**
 * Whether a condition holds, with an explanation. Comparisons run in the order of the document; `and` and `or` stop at the first that
 * decides.
 * Throws `condition-not-valid` if `checkCondition` finds faults, `file-not-readable` for a hash of a file that cannot be read,
 * and the signal's reason if it aborts.
 */
export async function evaluateCondition(condition: unknown, context: ConditionContext, options: ConditionOptions = {}): Promise<Verdict> {
  const { faults, evaluate } = readCondition(condition, options);
  if (evaluate === undefined || faults.length > 0) throw conditionError("condition-not-valid", { faults });
  context.signal.throwIfAborted();
  return evaluate(context);
}

/**
 * Whether a condition of a workflow document holds, with an explanation. It needs no machine. Throws `condition-not-valid` if
 * `checkCondition` finds faults with `WORKFLOW_CONDITIONS`.
 */
export async function evaluateWorkflowCondition(condition: unknown, signal: AbortSignal): Promise<Verdict> {
  // none of its operators uses the machine
  return evaluateCondition(condition, { signal } as ConditionContext, { language: WORKFLOW_CONDITIONS });
}
