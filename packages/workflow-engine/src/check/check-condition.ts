import { checkCondition, WORKFLOW_CONDITIONS } from "@imagewright/conditions";
import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import type { MappingEntry, MappingNode, ValueNode } from "@imagewright/yaml-syntax";
import type { WorkflowValueType } from "../actions/value-type.js";
import { checkText } from "../references/check-text.js";
import { spelledAs } from "../references/system-variables.js";
import type { ReferencePlace } from "../references/type-of-reference.js";
import { hasReference } from "../references/workflow-reference.js";
import { comparedVariable, conditionData } from "./condition-data.js";

/** Reports every fault of a step's `if`, and of the references in it. */
export function checkStepIf(condition: ValueNode, place: ReferencePlace, found: DiagnosticCollector): void {
  const data = conditionData(condition, (_, key) => sampleFor(key));
  const isEmpty = [...mappingsIn(condition)].some(({ entries }) => entries.some(isEmptyOperator));
  for (const { path, message, help } of isEmpty ? [] : checkCondition(data, { language: WORKFLOW_CONDITIONS }))
    found.error("condition-not-allowed", placeAt(condition, path), `"if": ${message}`, help === undefined ? {} : { help });
  for (const mapping of mappingsIn(condition)) {
    checkEmptyOperators(mapping, found);
    checkComparison(mapping, place, found);
  }
}

/** `not:` without anything below it would count as absent, and the condition as its opposite. */
function checkEmptyOperators({ entries }: MappingNode, found: DiagnosticCollector): void {
  for (const { key } of entries.filter(isEmptyOperator)) {
    const message = `"if": ${quote(key.text)} has no condition`;
    found.error("value-empty", key.span, message, { help: `indent the condition below ${quote(key.text)}` });
  }
}

function isEmptyOperator({ key, value }: MappingEntry): boolean {
  return /^(and|or|not)$/i.test(key.text) && value.kind === "scalar" && value.type === "null";
}

function checkComparison(node: MappingNode, place: ReferencePlace, found: DiagnosticCollector): void {
  const operator = operatorOf(node);
  const variable = comparedVariable(node);
  for (const { key, value } of node.entries) {
    if (value.kind !== "scalar") continue;
    if (!hasReference(value)) {
      const spelled = variable === undefined ? value.text : spelledAs(variable, value.text);
      if (spelled !== value.text)
        found.warning("spelling", value.span, `write ${quote(spelled)}, as the variable has it, not ${quote(value.text)}`);
      continue;
    }
    const known = checkText(value, { label: quote(key.text), type: "any" }, place, found);
    if (known === undefined || "problem" in known || operator === "" || canCompare(operator, known.type)) continue;
    found.error("wrong-type", value.span, `${quote(operator)} cannot compare ${quote(value.text.trim())}, which is ${NAMES[known.type]}`);
  }
}

/** The operator of a comparison as written, or an empty text. */
export function operatorOf({ entries }: MappingNode): string {
  return entries.find(({ key }) => key.text !== "value" && WORKFLOW_CONDITIONS.find(key.text) !== undefined)?.key.text ?? "";
}

const NAMES: Readonly<Record<WorkflowValueType, string>> = {
  string: "a text",
  integer: "a number",
  boolean: "true or false",
  stringList: "a list",
  list: "a list",
  object: "a mapping",
  any: "a value",
};

/** Texts can be numbers, and true or false. Any scalar can be compared as a text. */
function canCompare(operator: string, type: WorkflowValueType): boolean {
  if (type === "any" || type === "string") return true;
  if (type === "stringList" || type === "list" || type === "object") return false;
  const kind = operator.toLowerCase();
  return kind.startsWith("string") || (type === "boolean" ? kind.startsWith("boolean") : kind.startsWith("number"));
}

/** A value that the operator accepts, in place of one that is not known yet. */
function sampleFor(key: string): string {
  const lower = key.toLowerCase();
  return lower.startsWith("number") ? "0" : lower.startsWith("boolean") ? "true" : "text";
}

/** All mappings of a condition. */
export function* mappingsIn(node: ValueNode): Generator<MappingNode> {
  if (node.kind === "mapping") {
    yield node;
    for (const { value } of node.entries) yield* mappingsIn(value);
  } else if (node.kind === "sequence") for (const item of node.items) yield* mappingsIn(item);
}

/** The place of a fault: the value at the path, or the first key of a mapping there. */
function placeAt(root: ValueNode, path: readonly (string | number)[]): Span {
  let node = root;
  for (const step of path) {
    const below = node.kind === "sequence" ? node.items[Number(step)] : childOf(node, String(step));
    node = below ?? node;
  }
  return (node.kind === "mapping" ? node.entries[0]?.key.span : undefined) ?? node.span;
}

function childOf(node: ValueNode, key: string): ValueNode | undefined {
  return node.kind === "mapping" ? node.entries.find((entry) => entry.key.text === key)?.value : undefined;
}
