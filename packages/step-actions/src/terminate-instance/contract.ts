import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, members, TEXT } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const terminateInstanceContract: StepActionContract = {
  name: "TerminateInstance",
  summary: "Terminates an instance.",
  workflowTypes: ANY_WORKFLOW,
  input: members(
    {
      instanceId: { ...TEXT, description: "The instance to terminate." },
      waitForTermination: { type: "boolean", default: false, description: "Whether the step waits until the instance is gone." },
    },
    "instanceId",
  ),
  outputs: {},
  timeoutSeconds: { default: minutes(30), maximum: LONGEST_STEP },
};
