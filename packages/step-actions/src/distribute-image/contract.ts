import type { StepActionContract } from "@imagewright/workflow-engine";
import { members, TEXT, TEXTS } from "../common-parts.js";
import { minutes } from "../minutes.js";

/** Source: guide chapter 38, newer edition. */
export const distributeImageContract: StepActionContract = {
  name: "DistributeImage",
  summary: "Copies the image to Regions and accounts, by its own settings or by the distribution configuration.",
  workflowTypes: ["DISTRIBUTION"],
  input: members({
    distributions: {
      type: "array",
      description: "Settings for each Region, which take the place of the distribution configuration.",
      items: members(
        {
          region: { ...TEXT, maxLength: 1024 },
          name: TEXT,
          description: TEXT,
          targetAccountIds: TEXTS,
          amiTags: { type: "object", additionalProperties: { type: "string" }, maxProperties: 50 },
          kmsKeyId: TEXT,
        },
        "region",
      ),
    },
  }),
  outputs: { distributedImages: { type: "list", description: "The copies, each with region, accountId, amiId, name and status." } },
  timeoutSeconds: { default: minutes(360), maximum: minutes(720) },
};
