import type { StepActionContract } from "@imagewright/workflow-engine";
import { COMMAND_OUTPUTS, instanceInput } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const executeComponentsContract: StepActionContract = {
  name: "ExecuteComponents",
  summary: "Runs the components of the recipe: in build workflows to build, in test workflows to test.",
  workflowTypes: ["BUILD", "TEST"],
  input: instanceInput("The instance to run them on."),
  launchedInstance: "instanceId",
  outputs: COMMAND_OUTPUTS,
  timeoutSeconds: { default: minutes(720), maximum: LONGEST_STEP },
};
