import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, COMMAND_OUTPUTS, members, TEXT, TEXTS } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const runCommandContract: StepActionContract = {
  name: "RunCommand",
  summary: "Runs a command document on an instance.",
  workflowTypes: ANY_WORKFLOW,
  input: members(
    {
      instanceId: { ...TEXT, description: "The instance to run it on." },
      documentName: { ...TEXT, description: "The name of the command document." },
      documentVersion: { ...TEXT, default: "$DEFAULT", description: "The version of the command document." },
      parameters: { type: "object", additionalProperties: TEXTS, description: "Lists of texts for the parameters of the document." },
    },
    ...["instanceId", "documentName"],
  ),
  launchedInstance: "instanceId",
  outputs: { ...COMMAND_OUTPUTS, output: { type: "stringList", description: "What the command printed, as a list of texts." } },
  timeoutSeconds: { default: minutes(720), maximum: LONGEST_STEP },
};
