import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { distributionConfigurationOf, DISTRIBUTION_CONFIGURATION } from "./distribution-configuration.js";

/** A distribution configuration by its ARN. Source: API model. */
export const getDistributionConfiguration = defineOperation({
  name: "GetDistributionConfiguration",
  run: async ({ distributionConfigurationArn: arn }, context) => ({
    distributionConfiguration: distributionConfigurationOf(await findResource(context, arn, DISTRIBUTION_CONFIGURATION)),
  }),
});
