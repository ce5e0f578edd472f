import type { StepActionContract } from "@imagewright/workflow-engine";
import { instanceInput } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const collectImageMetadataContract: StepActionContract = {
  name: "CollectImageMetadata",
  summary: "Collects the name and version of the operating system, and the packages.",
  workflowTypes: ["BUILD"],
  input: instanceInput("The build instance."),
  launchedInstance: "instanceId",
  rollback: "Removes what was set up to collect them.",
  outputs: {
    osVersion: { type: "string", description: "The name and version of the operating system." },
    associationId: { type: "string", description: "The id of the association that collects the inventory." },
  },
  timeoutSeconds: { default: minutes(30), maximum: LONGEST_STEP },
};
