import type { StepActionContract, WorkflowType } from "@imagewright/workflow-engine";

type Input = StepActionContract["input"];

export const ANY_WORKFLOW: readonly WorkflowType[] = ["BUILD", "TEST", "DISTRIBUTION"];

export const TEXT = { type: "string", minLength: 1 };

export const TEXTS = { type: "array", items: { type: "string" } };

/** A mapping with the members that are listed, and no others. */
export function members(properties: Readonly<Record<string, object>>, ...required: readonly string[]): Input {
  return { type: "object", properties, required, additionalProperties: false };
}

/** The input of an action that works on one instance and takes nothing else. */
export function instanceInput(description: string): Input {
  return members({ instanceId: { ...TEXT, description } }, "instanceId");
}

/** What an action gives that runs a command in an instance. */
export const COMMAND_OUTPUTS: StepActionContract["outputs"] = {
  runCommandId: { type: "string", description: "The id of the command." },
  status: { type: "string", description: "The status with which the command ended." },
  output: { type: "string", description: "What the command printed." },
};

/** The input and the output that lists of distributed images have in common. */
export const DISTRIBUTED_IMAGES = {
  type: "array",
  items: { type: "object" },
  description: "The images, as the output distributedImages of a DistributeImage step has them.",
};
