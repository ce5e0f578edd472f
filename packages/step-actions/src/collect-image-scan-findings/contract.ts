import type { StepActionContract } from "@imagewright/workflow-engine";
import { COMMAND_OUTPUTS, instanceInput } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const collectImageScanFindingsContract: StepActionContract = {
  name: "CollectImageScanFindings",
  summary: "Collects the findings of a security scan of the test instance.",
  workflowTypes: ["TEST"],
  input: instanceInput("The instance that was scanned."),
  launchedInstance: "instanceId",
  outputs: COMMAND_OUTPUTS,
  timeoutSeconds: { default: minutes(120), maximum: LONGEST_STEP },
};
