import type { InputFault } from "@imagewright/action-contract";
import { readCondition, type ConditionOptions } from "./read-condition.js";

/**
 * Finds every fault of a condition that can be found without evaluating it. The condition is plain data, its scalars preferably as the text
 * of the document. An empty list means that `evaluateCondition` accepts it.
 *
 * The path of a fault leads to the faulty value, or to the mapping that has an unknown, missing or extra key.
 */
export function checkCondition(condition: unknown, options: ConditionOptions = {}): readonly InputFault[] {
  return readCondition(condition, options).faults;
}
