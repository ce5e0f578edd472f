import { defineOperation } from "../../operation-definition.js";
import { changeResource } from "../../resources/change-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import {
  checkInfrastructure,
  infrastructureDetail,
  INFRASTRUCTURE_CONFIGURATION,
  withTermination,
} from "./infrastructure-configuration.js";

/** Replaces an infrastructure configuration, but for its name and tags. Source: API model. */
export const updateInfrastructureConfiguration = defineOperation({
  name: "UpdateInfrastructureConfiguration",
  withDefaults: withTermination,
  run: async (input, context) => {
    checkInfrastructure(context.operation, input);
    const row = await findOwnResource(context, input.infrastructureConfigurationArn, INFRASTRUCTURE_CONFIGURATION);
    await changeResource(context, row, { detail: infrastructureDetail(input) });
    return { infrastructureConfigurationArn: row.arn };
  },
});
