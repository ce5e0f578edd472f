import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, instanceInput } from "../common-parts.js";
import { minutes } from "../minutes.js";

/** Source: guide chapter 38, newer edition. */
export const waitForSsmAgentContract: StepActionContract = {
  name: "WaitForSSMAgent",
  summary: "Waits until commands can run on an instance again, such as after a restart.",
  workflowTypes: ANY_WORKFLOW,
  input: instanceInput("The instance to wait for."),
  outputs: { status: { type: "string", description: "Whether the agent is connected." } },
  timeoutSeconds: { default: minutes(60), maximum: minutes(180) },
};
