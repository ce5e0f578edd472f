import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, members, TEXT } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38, newer edition. */
export const executeStateMachineContract: StepActionContract = {
  name: "ExecuteStateMachine",
  summary: "Runs a state machine of Step Functions to its end.",
  workflowTypes: ANY_WORKFLOW,
  input: members(
    {
      stateMachineArn: { ...TEXT, description: "The state machine." },
      input: { type: "string", maxLength: 16_384, default: "{}", description: "Its input, as a JSON text." },
    },
    "stateMachineArn",
  ),
  outputs: {
    executionArn: { type: "string", description: "The ARN of the execution." },
    output: { type: "string", description: "What the state machine gave." },
  },
  timeoutSeconds: { default: minutes(360), maximum: LONGEST_STEP },
};
