import { defineOperation } from "../../operation-definition.js";
import { storeOnce } from "../../resources/store-once.js";
import { checkInfrastructure, infrastructureDetail, withTermination } from "./infrastructure-configuration.js";

/** Creates an infrastructure configuration. Source: API model; guide chapter 28. */
export const createInfrastructureConfiguration = defineOperation({
  name: "CreateInfrastructureConfiguration",
  withDefaults: withTermination,
  run: async (input, context) => {
    checkInfrastructure(context.operation, input);
    const { name, tags } = input;
    const stored = await storeOnce(context, { type: "infrastructure-configuration", name, tags, detail: infrastructureDetail(input) });
    return { infrastructureConfigurationArn: stored.arn };
  },
});
