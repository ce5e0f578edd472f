import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { infrastructureConfigurationOf, INFRASTRUCTURE_CONFIGURATION } from "./infrastructure-configuration.js";

/** An infrastructure configuration by its ARN. Source: API model. */
export const getInfrastructureConfiguration = defineOperation({
  name: "GetInfrastructureConfiguration",
  run: async ({ infrastructureConfigurationArn: arn }, context) => ({
    infrastructureConfiguration: infrastructureConfigurationOf(await findResource(context, arn, INFRASTRUCTURE_CONFIGURATION)),
  }),
});
