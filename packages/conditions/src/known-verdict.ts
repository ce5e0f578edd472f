import type { ConditionContext } from "./comparison.js";
import { COMPONENT_CONDITIONS } from "./condition-language.js";
import { entriesOf, textOf } from "./plain-data.js";

/** Operators whose result is known only on the machine, at the time of the evaluation. */
const NEEDS_THE_MACHINE = /^(binary|file|folder)/;

// comparisons of texts and numbers depend only on their operands
const NO_MACHINE = {} as ConditionContext;

/**
 * The value of a condition if it is the same on every machine; otherwise undefined. An operand that is not known yet is given as a value
 * that is not a text, such as a symbol: the result is then undefined, unless another part of an `and` or `or` decides. Undefined also for a
 * condition in which `checkCondition` finds faults.
 */
export function knownVerdict(condition: unknown): boolean | undefined {
  const entries = entriesOf(Array.isArray(condition) && condition.length === 1 ? condition[0] : condition);
  const [key, operand] = [...(entries ?? [])].find(([name]) => COMPONENT_CONDITIONS.find(name) !== undefined) ?? ["", undefined];
  const operator = COMPONENT_CONDITIONS.find(key);
  if (entries === undefined || operator === undefined) return undefined;
  if ("takes" in operator) return operator.takes === "one" ? negated(knownVerdict(operand)) : joined(operator.name === "or", operand);
  const [baseline, tested] = [textOf(operand), textOf(operator.testedKey === undefined ? operand : entries.get(operator.testedKey))];
  if (NEEDS_THE_MACHINE.test(operator.name) || baseline === undefined || tested === undefined) return undefined;
  const test = operator.prepare(baseline);
  const verdict = typeof test === "function" ? test(tested, NO_MACHINE) : undefined;
  return verdict === undefined || verdict instanceof Promise ? undefined : verdict.value;
}

function negated(verdict: boolean | undefined): boolean | undefined {
  return verdict === undefined ? undefined : !verdict;
}

function joined(deciding: boolean, items: unknown): boolean | undefined {
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const verdicts = items.map(knownVerdict);
  if (verdicts.includes(deciding)) return deciding;
  return verdicts.includes(undefined) ? undefined : !deciding;
}
