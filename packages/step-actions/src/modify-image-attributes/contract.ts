import type { StepActionContract } from "@imagewright/workflow-engine";
import { DISTRIBUTED_IMAGES, members, TEXT, TEXTS } from "../common-parts.js";
import { minutes } from "../minutes.js";

/** Source: guide chapter 38, newer edition. */
export const modifyImageAttributesContract: StepActionContract = {
  name: "ModifyImageAttributes",
  summary: "Changes the launch permissions of distributed images.",
  workflowTypes: ["DISTRIBUTION"],
  input: members(
    {
      distributedImages: DISTRIBUTED_IMAGES,
      attributes: {
        type: "array",
        description: "Attributes for each Region, which take the place of the distribution configuration.",
        items: members(
          {
            region: TEXT,
            launchPermission: members({ userIds: TEXTS, userGroups: TEXTS, organizationArns: TEXTS, organizationalUnitArns: TEXTS }),
          },
          "region",
        ),
      },
    },
    "distributedImages",
  ),
  outputs: { modifiedImages: { type: "list", description: "The images, each with region, accountId, amiId, name and status." } },
  timeoutSeconds: { default: minutes(120), maximum: minutes(180) },
};
