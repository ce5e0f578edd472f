import type { InputFault } from "@imagewright/action-contract";
import { readCondition, type ConditionOptions } from "./read-condition.js";

/**
 * Finds every fault of a condition that shows without evaluating it. The condition is plain data, its scalars preferably as the text that the
 * document has. An empty list means that `evaluateCondition` will take it.
 *
 * The path of a fault leads to the value at fault, or to the mapping where a key is unknown, missing or one too many.
 */
export function checkCondition(condition: unknown, options: ConditionOptions = {}): readonly InputFault[] {
  return readCondition(condition, options).faults;
}
