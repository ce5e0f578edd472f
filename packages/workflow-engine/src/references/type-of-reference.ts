import { listOf, quote, unknownName, type ReferenceFaults } from "@imagewright/diagnostics";
import type { StepActionContract, StepActionOutput } from "../actions/step-action.js";
import type { StepActionRegistry } from "../actions/step-action-registry.js";
import { describeType, partOf, type WorkflowValueType } from "../actions/value-type.js";
import type { WorkflowDocument } from "../syntax/workflow-document.js";
import { SYSTEM_VARIABLES, systemVariableName } from "./system-variables.js";
import type { WorkflowReference } from "./workflow-reference.js";

/** Where a reference is: steps before `position` are its earlier steps; their number is the position of the outputs. */
export interface ReferencePlace {
  readonly document: WorkflowDocument;
  readonly position: number;
  readonly registry: StepActionRegistry;
  /** Those of the whole document. */
  readonly faults: ReferenceFaults;
}

/** What is known of the value of a reference before the run, or why it can have none. Undefined if that follows from another fault. */
export type KnownReference =
  | { readonly type: WorkflowValueType; readonly output?: StepActionOutput }
  | { readonly code: string; readonly problem: string; readonly unknownName?: string }
  | undefined;

export function typeOfReference(reference: WorkflowReference, place: ReferencePlace): KnownReference {
  const known = typeOfRoot(reference, place);
  if (known === undefined || "problem" in known) return known;
  let { type } = known;
  for (const step of reference.path) {
    const part = partOf(type, step);
    if (part === undefined) {
      const written = typeof step === "number" ? `[${step}]` : `.${step}`;
      return {
        code: "unknown-reference",
        problem: `${quote(reference.written)}: there is nothing at ${quote(written)} of ${describeType(type)}`,
      };
    }
    type = part;
  }
  return reference.path.length === 0 ? known : { type };
}

function typeOfRoot(reference: WorkflowReference, place: ReferencePlace): KnownReference {
  const { root, name } = reference;
  if (root === "workflowOutputs") return { type: "any" };
  if (root === "imagebuilder") {
    const variable = systemVariableName(name);
    const type = variable === undefined ? undefined : SYSTEM_VARIABLES[variable]?.type;
    return type === undefined ? unknown("system variable", name, Object.keys(SYSTEM_VARIABLES)) : { type };
  }
  if (root === "stepOutputs") return typeOfOutput(reference, place);
  const { parameters, unread } = place.document;
  const parameter = parameters.find((candidate) => candidate.name.text === name);
  if (parameter !== undefined) return { type: parameter.unread.has("type") ? "any" : parameter.type };
  const names = parameters.map((candidate) => candidate.name.text);
  return unread.has("parameters") ? undefined : unknown("parameter", name, names);
}

function typeOfOutput({ step = "", name }: WorkflowReference, { document, position, registry }: ReferencePlace): KnownReference {
  const index = document.steps.findIndex((candidate) => candidate.name.text === step);
  const found = document.steps[index];
  const earlier = document.steps.slice(0, position).map((candidate) => candidate.name.text);
  if (found === undefined) return document.unread.has("steps") ? undefined : unknown("step", step, earlier);
  if (index === position) return { code: "later-step", problem: "a step cannot refer to its own outputs" };
  if (index > position) {
    const which = earlier.length === 0 ? "there is none before it" : `earlier: ${listOf(earlier, "and")}`;
    const problem = `step ${quote(step)} runs after this one, which can refer to outputs of earlier steps only; ${which}`;
    return { code: "later-step", problem };
  }
  return outputOf(found.name.text, registry.get(found.action.text), name);
}

function outputOf(step: string, contract: StepActionContract | undefined, name: string): KnownReference {
  if (contract === undefined) return undefined;
  const output = Object.hasOwn(contract.outputs, name) ? contract.outputs[name] : undefined;
  if (output !== undefined) return { type: output.type, output };
  const names = Object.keys(contract.outputs);
  if (names.length === 0) return { code: "unknown-reference", problem: `step ${quote(step)} has no outputs: ${contract.name} gives none` };
  return { code: "unknown-reference", problem: `step ${quote(step)}: ${unknownName("output", name, names)}` };
}

function unknown(what: string, name: string, allowed: readonly string[]): KnownReference {
  return { code: "unknown-reference", problem: unknownName(what, name, allowed), unknownName: `${what} ${name}` };
}
