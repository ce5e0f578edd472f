import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, instanceInput } from "../common-parts.js";
import { days, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const createImageContract: StepActionContract = {
  name: "CreateImage",
  summary: "Makes an image of a running instance.",
  workflowTypes: ANY_WORKFLOW,
  input: instanceInput("The instance to make the image of; it has to run."),
  outputs: { imageId: { type: "string", description: "The id of the image." } },
  timeoutSeconds: { default: minutes(720), maximum: days(3) },
};
