import type { Json } from "@imagewright/durability";
import type { StepActionOutputs } from "../actions/step-action.js";
import { systemVariableName } from "../references/system-variables.js";
import type { WorkflowReference } from "../references/workflow-reference.js";
import { workflowError } from "../errors.js";

/** What references lead to while a workflow runs. */
export interface WorkflowValues {
  readonly parameters: ReadonlyMap<string, Json>;
  /** The outputs of the steps that have completed. */
  readonly stepOutputs: ReadonlyMap<string, StepActionOutputs>;
  readonly workflowOutputs: ReadonlyMap<string, Json>;
  /** The values of the system variables by their names in the guide. */
  readonly variables: Readonly<Record<string, Json | undefined>>;
  /** In a simulation: whether a reference leads to a sample, whose form may be another than that of the value it stands for. */
  readonly isSample?: ((reference: WorkflowReference) => boolean) | undefined;
}

/** The value of a reference. A part that a sample lacks is a sample, too. Errors: value-missing. */
export function valueOfReference(reference: WorkflowReference, values: WorkflowValues): Json {
  const whole = valueAtRoot(reference, values);
  let value = whole;
  for (const step of reference.path) value = partOfValue(value, step);
  if (value !== undefined && value !== null) return value;
  if (whole !== undefined && values.isSample?.(reference) === true) return reference.written.replace(/^\$\.\w+\./, "");
  throw workflowError("value-missing", { reference: reference.written, reason: reasonFor(reference, values) });
}

function valueAtRoot({ root, step = "", name }: WorkflowReference, values: WorkflowValues): Json | undefined {
  switch (root) {
    case "parameters":
      return values.parameters.get(name);
    case "workflowOutputs":
      return values.workflowOutputs.get(name);
    case "stepOutputs":
      return memberOf(values.stepOutputs.get(step), name);
    case "imagebuilder":
      return memberOf(values.variables, systemVariableName(name) ?? name);
  }
}

function partOfValue(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return typeof step === "number" ? (value as readonly Json[])[step] : undefined;
  return memberOf(value as Readonly<Record<string, Json | undefined>>, String(step));
}

function memberOf(value: Readonly<Record<string, Json | undefined>> | undefined, name: string): Json | undefined {
  return value !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
}

function reasonFor({ root, step = "", path }: WorkflowReference, { stepOutputs }: WorkflowValues): string | undefined {
  return root === "stepOutputs" && path.length === 0 && !stepOutputs.has(step) ? `step "${step}" did not complete` : undefined;
}
