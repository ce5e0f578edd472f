import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { systemVariableName, spelledAs } from "../references/system-variables.js";
import { hasReference, onlyReference } from "../references/workflow-reference.js";

/**
 * A condition as plain data for `checkCondition` and `evaluateWorkflowCondition`. References are replaced by `valueOf`, which is given the
 * key of the scalar.
 */
export function conditionData(node: ValueNode, valueOf: (scalar: ScalarNode, key: string) => unknown, key = ""): unknown {
  if (node.kind === "scalar") return node.type === "null" ? undefined : hasReference(node) ? valueOf(node, key) : node.text;
  if (node.kind === "sequence") return node.items.map((item) => conditionData(item, valueOf, key));
  const members = node.entries.map((entry) => [entry.key.text, conditionData(entry.value, valueOf, entry.key.text)] as const);
  const variable = comparedVariable(node);
  return Object.fromEntries(
    members.map(([name, value]) => [name, variable !== undefined && typeof value === "string" ? spelledAs(variable, value) : value]),
  );
}

/** The system variable on one side of a comparison of texts, whichever that is. */
export function comparedVariable(node: ValueNode): string | undefined {
  const entries = node.kind === "mapping" ? node.entries : [];
  if (!entries.some(({ key }) => key.text.toLowerCase() === "stringequals")) return undefined;
  const names = entries.flatMap(({ value }) => {
    const reference = value.kind === "scalar" ? onlyReference(value) : undefined;
    return reference?.root === "imagebuilder" && reference.path.length === 0 ? (systemVariableName(reference.name) ?? []) : [];
  });
  return names[0];
}
