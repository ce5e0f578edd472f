import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";
import { DISTRIBUTION_CONFIGURATION } from "./distribution-configuration.js";

/** Deletes a distribution configuration that no pipeline names. Source: API model. */
export const deleteDistributionConfiguration = defineOperation({
  name: "DeleteDistributionConfiguration",
  run: async ({ distributionConfigurationArn: arn }, context) => ({
    distributionConfigurationArn: (await deleteResource(context, arn, DISTRIBUTION_CONFIGURATION)).arn,
  }),
});
