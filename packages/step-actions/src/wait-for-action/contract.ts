import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, members, TEXT } from "../common-parts.js";
import { days } from "../minutes.js";

/** Source: guide chapter 38. */
export const waitForActionContract: StepActionContract = {
  name: "WaitForAction",
  summary: "Waits until somebody lets the workflow go on, or stops it.",
  workflowTypes: ANY_WORKFLOW,
  input: members({
    snsTopicArn: { ...TEXT, description: "The SNS topic that is told." },
    lambdaFunctionName: { ...TEXT, description: "The Lambda function that is told." },
    payload: { type: "string", maxLength: 16_384, description: "What is told." },
  }),
  outputs: {
    action: { type: "string", description: "What was decided: RESUME or STOP." },
    reason: { type: "string", description: "The reason that was given." },
  },
  timeoutSeconds: { default: days(3), maximum: days(7) },
};
