import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";
import { INFRASTRUCTURE_CONFIGURATION } from "./infrastructure-configuration.js";

/** Deletes an infrastructure configuration that no pipeline names. Source: API model. */
export const deleteInfrastructureConfiguration = defineOperation({
  name: "DeleteInfrastructureConfiguration",
  run: async ({ infrastructureConfigurationArn: arn }, context) => ({
    infrastructureConfigurationArn: (await deleteResource(context, arn, INFRASTRUCTURE_CONFIGURATION)).arn,
  }),
});
