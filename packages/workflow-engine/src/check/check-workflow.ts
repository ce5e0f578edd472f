import { DiagnosticCollector, listOf, quote, ReferenceFaults, unknownName, type SourceFile } from "@imagewright/diagnostics";
import type { ParsedText } from "@imagewright/yaml-syntax";
import type { StepActionContract, WorkflowType } from "../actions/step-action.js";
import type { StepActionRegistry } from "../actions/step-action-registry.js";
import { checkText } from "../references/check-text.js";
import type { ReferencePlace } from "../references/type-of-reference.js";
import { parseWorkflow, type ParsedWorkflow } from "../syntax/read-workflow.js";
import type { WorkflowDocument, WorkflowStep } from "../syntax/workflow-document.js";
import { checkStepIf } from "./check-condition.js";
import { checkDefaults } from "./check-defaults.js";
import { checkInputs } from "./check-inputs.js";
import { likelyType } from "./likely-type.js";

export interface WorkflowCheckOptions {
  readonly registry: StepActionRegistry;
  /** Without it, the first type in which all actions of the document are allowed. */
  readonly type?: WorkflowType | undefined;
}

/** A workflow document that has been checked, with the type for which it was. It can run if there was no error. */
export interface CheckedWorkflow extends WorkflowDocument {
  readonly type: WorkflowType;
}

export interface CheckedWorkflowText extends ParsedWorkflow {
  readonly document: CheckedWorkflow | undefined;
}

/**
 * Reads a workflow document and reports every fault that can be found before it runs: its form, its actions and their inputs, its
 * conditions, its references and their types. `parsed` is as for `parseWorkflow`.
 */
export function checkWorkflow(source: SourceFile, options: WorkflowCheckOptions, parsed?: ParsedText): CheckedWorkflowText {
  const { document, diagnostics } = parseWorkflow(source, parsed);
  if (document === undefined) return { document, diagnostics };
  const { registry } = options;
  const type = options.type ?? likelyType(document, registry);
  const found = new DiagnosticCollector();
  found.add(diagnostics);
  const faults = new ReferenceFaults();
  document.steps.forEach((step, position) => checkStep(step, type, { document, position, registry, faults }, found));
  const atEnd = { document, position: document.steps.length, registry, faults };
  // an output can have any value
  for (const { name, value } of document.outputs) checkText(value, { label: `output ${quote(name.text)}`, type: "any" }, atEnd, found);
  found.add(faults.all);
  found.add(checkDefaults(document, registry));
  return { document: { ...document, type }, diagnostics: found.diagnostics };
}

function checkStep(step: WorkflowStep, type: WorkflowType, place: ReferencePlace, found: DiagnosticCollector): void {
  const contract = place.registry.get(step.action.text);
  if (contract === undefined)
    found.error("unknown-action", step.action.span, unknownName("step action", step.action.text, place.registry.names));
  else {
    checkType(step, contract, type, found);
    checkTimeout(step, contract, found);
    checkInputs(step, contract, place, found);
  }
  if (step.condition !== undefined) checkStepIf(step.condition, place, found);
  if (typeof step.rollbackEnabled !== "boolean")
    checkText(step.rollbackEnabled, { label: '"rollbackEnabled"', type: "boolean" }, place, found);
}

function checkType({ action }: WorkflowStep, { name, workflowTypes }: StepActionContract, type: WorkflowType, found: DiagnosticCollector) {
  if (workflowTypes.includes(type)) return;
  const message = `${name} is not allowed in a workflow of the type ${type}; it is for ${listOf(workflowTypes, "and")}`;
  found.error("action-not-in-type", action.span, message);
}

function checkTimeout({ timeoutSeconds }: WorkflowStep, contract: StepActionContract, found: DiagnosticCollector): void {
  const { maximum } = contract.timeoutSeconds;
  if (timeoutSeconds === undefined || timeoutSeconds.value <= maximum) return;
  const message = `"timeoutSeconds" of ${contract.name} must be from 1 to ${maximum}; found ${timeoutSeconds.value}`;
  found.error("value-not-allowed", timeoutSeconds.span, message);
}
