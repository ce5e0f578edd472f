import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, COMMAND_OUTPUTS, instanceInput } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const sanitizeInstanceContract: StepActionContract = {
  name: "SanitizeInstance",
  summary: "Removes files from a Linux instance that must not be part of an image.",
  workflowTypes: ANY_WORKFLOW,
  input: instanceInput("The instance to clean up."),
  launchedInstance: "instanceId",
  outputs: COMMAND_OUTPUTS,
  timeoutSeconds: { default: minutes(60), maximum: LONGEST_STEP },
};
