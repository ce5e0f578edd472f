import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { checkSchema, type MappingNode } from "@imagewright/yaml-syntax";
import type { StepActionContract } from "../actions/step-action.js";
import { withoutChaining, type UnchainedInputs } from "../references/chained-keys.js";
import { checkText } from "../references/check-text.js";
import type { ReferencePlace } from "../references/type-of-reference.js";
import { hasReference, onlyReference } from "../references/workflow-reference.js";
import type { WorkflowStep } from "../syntax/workflow-document.js";
import { checkLaunchedInstance } from "./check-launched-instance.js";
import { inputScalars, type InputScalar } from "./expected-type.js";

/** Reports every fault of a step's inputs as far as they are known, and of the references in them. */
export function checkInputs(step: WorkflowStep, contract: StepActionContract, place: ReferencePlace, found: DiagnosticCollector): void {
  const { inputs } = step;
  if (inputs === undefined) {
    const required = (contract.input["required"] as readonly string[] | undefined) ?? [];
    if (required.length > 0 && !step.hasUnreadInputs)
      found.error("missing-key", step.name.span, `step ${quote(step.name.text)} must have "inputs"; ${contract.name} needs them`);
    return;
  }
  const unchained = withoutChaining(inputs);
  checkRepeated(unchained.node, contract, found);
  const faults = checkSchema(unchained.node, contract.input, { what: `the inputs of ${contract.name}`, unknown: hasReference });
  found.add(faults);
  for (const item of inputScalars(unchained.node, contract.input)) {
    if (item.scalar.type === "null") continue;
    const isInstance = item.input !== undefined && item.input === contract.launchedInstance;
    // a key or a value with a fault looks as if its ending was wrong, too
    if (faults.length === 0 && (!isInstance || hasReference(item.scalar))) checkIndicator(item, unchained, found);
    checkBraces(item, place, found);
    const known = checkText(item.scalar, item.expected, place, found);
    if (isInstance) checkLaunchedInstance(item.scalar, known, contract, found);
  }
}

/** `instanceId` and `instanceId.$` are one input. */
function checkRepeated({ entries }: MappingNode, { name }: StepActionContract, found: DiagnosticCollector): void {
  const keys = new Set<string>();
  for (const { key } of entries) {
    if (keys.has(key.text)) found.error("duplicate-key", key.span, `the inputs of ${name}: ${quote(key.text)} is given twice`);
    keys.add(key.text);
  }
}

/** The guide's own examples have the chaining indicator where there is no reference, and lack it where there is one. */
function checkIndicator({ scalar, expected: { label } }: InputScalar, { chained }: UnchainedInputs, found: DiagnosticCollector): void {
  if (chained.has(scalar)) {
    if (!hasReference(scalar)) found.warning("spelling", scalar.span, `${label} is a text, not a reference: write its key without ".$"`);
  } else if (onlyReference(scalar) !== undefined && scalar.text.trim().startsWith("$."))
    found.warning("spelling", scalar.span, `${label} is a reference: write its key with ".$" at the end`);
}

/** Braces without `$.` stay as they are. One that names a parameter is most likely meant as a reference. */
function checkBraces({ scalar }: InputScalar, { document }: ReferencePlace, found: DiagnosticCollector): void {
  for (const [, name = ""] of scalar.text.matchAll(/\{\{\s{0,9}([A-Za-z0-9_-]{1,128})\s{0,9}\}\}/g)) {
    if (!document.parameters.some((parameter) => parameter.name.text === name)) continue;
    found.warning(
      "braces-without-path",
      scalar.span,
      `"{{ ${name} }}" stays as it is; write "{{ $.parameters.${name} }}" for the parameter`,
    );
  }
}
