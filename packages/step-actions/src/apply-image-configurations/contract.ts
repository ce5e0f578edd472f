import type { StepActionContract } from "@imagewright/workflow-engine";
import { DISTRIBUTED_IMAGES, members } from "../common-parts.js";
import { minutes } from "../minutes.js";
import { CONFIGURATION } from "./configuration-schema.js";

/** Source: guide chapter 38, newer edition. */
export const applyImageConfigurationsContract: StepActionContract = {
  name: "ApplyImageConfigurations",
  summary: "Applies licences, launch templates, exports, fast launch and parameters to distributed images.",
  workflowTypes: ["DISTRIBUTION"],
  input: members(
    {
      distributedImages: DISTRIBUTED_IMAGES,
      configurations: {
        type: "array",
        items: CONFIGURATION,
        description: "Configurations for each Region, which take the place of the distribution configuration.",
      },
    },
    "distributedImages",
  ),
  outputs: { configuredImages: { type: "list", description: "The images, each with region, accountId, amiId, name and status." } },
  timeoutSeconds: { default: minutes(360), maximum: minutes(720) },
};
