import { listOf, quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { describeNode, type MappingNode, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { STEP_DECISIONS, type Condition, type StepDecision } from "./document.js";

/** Keys of an `if` that are not operators. */
export const DECISION_KEYS = ["then", "else"] as const;

/** Reads `if` of a step: one condition, as a mapping or as a list of one, with `then` and `else` next to its operator. */
export function readStepCondition(value: ValueNode, found: DiagnosticCollector): Condition | undefined {
  const only = value.kind === "sequence" && value.items.length === 1 ? value.items[0] : value;
  if (only?.kind !== "mapping") {
    found.error("wrong-type", value.span, `"if" must be a mapping with one condition; found ${describeNode(value)}`, {
      ...(value.kind === "sequence" ? { help: 'join conditions with "and" or "or"' } : {}),
    });
    return undefined;
  }
  return { node: only, then: readDecision("then", "Execute", only, found), else: readDecision("else", "Skip", only, found) };
}

function readDecision(
  key: (typeof DECISION_KEYS)[number],
  fallback: StepDecision,
  node: MappingNode,
  found: DiagnosticCollector,
): StepDecision {
  const entry = node.entries.find((candidate) => candidate.key.text === key);
  if (entry === undefined) return fallback;
  const chosen = entry.value.kind === "scalar" ? decisionOf(entry.value) : undefined;
  if (chosen === undefined) {
    const shown = entry.value.kind === "scalar" && entry.value.type !== "null" ? quote(entry.value.text) : describeNode(entry.value);
    found.error("value-not-allowed", entry.value.span, `${quote(key)} must be ${listOf(STEP_DECISIONS)}; found ${shown}`);
  }
  return chosen ?? fallback;
}

function decisionOf({ text }: ScalarNode): StepDecision | undefined {
  return STEP_DECISIONS.find((decision) => decision === text);
}
