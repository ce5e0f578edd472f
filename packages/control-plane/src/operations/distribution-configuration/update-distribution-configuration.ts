import { defineOperation } from "../../operation-definition.js";
import { changeResource } from "../../resources/change-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import { checkDistributions, distributionDetail, DISTRIBUTION_CONFIGURATION } from "./distribution-configuration.js";

/** Replaces the distributions and the description. Source: API model. */
export const updateDistributionConfiguration = defineOperation({
  name: "UpdateDistributionConfiguration",
  run: async (input, context) => {
    checkDistributions(context.operation, input);
    const row = await findOwnResource(context, input.distributionConfigurationArn, DISTRIBUTION_CONFIGURATION);
    await changeResource(context, row, { detail: distributionDetail(input) });
    return { distributionConfigurationArn: row.arn };
  },
});
