import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, COMMAND_OUTPUTS, instanceInput } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const runSysPrepContract: StepActionContract = {
  name: "RunSysPrep",
  summary: "Runs Sysprep on a Windows instance, before an image is made of it.",
  workflowTypes: ANY_WORKFLOW,
  input: instanceInput("The instance to prepare."),
  launchedInstance: "instanceId",
  outputs: COMMAND_OUTPUTS,
  timeoutSeconds: { default: minutes(60), maximum: LONGEST_STEP },
};
