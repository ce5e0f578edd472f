import type { Json } from "@imagewright/durability";
import type { WorkflowType } from "../actions/step-action.js";
import type { WorkflowValueType } from "../actions/value-type.js";
import { SYSTEM_VARIABLES } from "../references/system-variables.js";
import type { WorkflowParameter } from "../syntax/workflow-document.js";

/** A value of a type that says where it comes from: `Launch.instanceId`. */
export function sampleValue(type: WorkflowValueType, from: string): Json {
  const samples: Readonly<Record<WorkflowValueType, Json>> = {
    string: from,
    integer: 1,
    boolean: true,
    stringList: [from],
    list: [{ from }],
    object: { from },
    any: from,
  };
  return samples[type];
}

/** The examples of the system variables, for a workflow of a type. */
export function sampleVariables(type: WorkflowType): Readonly<Record<string, Json>> {
  const examples = Object.entries(SYSTEM_VARIABLES).map(([name, { example }]) => [name, example as Json] as const);
  const workflowPhase = { BUILD: "Build", TEST: "Test", DISTRIBUTION: "Distribution" }[type];
  return { ...Object.fromEntries(examples), workflowPhase };
}

/** A value for a parameter that has none, in the form of the API. */
export function sampleParameter({ name, type }: WorkflowParameter): readonly string[] {
  return [type === "integer" ? "1" : type === "boolean" ? "true" : name.text];
}
