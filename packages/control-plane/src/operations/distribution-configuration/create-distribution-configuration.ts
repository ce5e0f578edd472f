import { defineOperation } from "../../operation-definition.js";
import { storeOnce } from "../../resources/store-once.js";
import { checkDistributions, distributionDetail } from "./distribution-configuration.js";

/** Creates a distribution configuration, which the planner of distributions has checked. Source: API model; guide chapter 30. */
export const createDistributionConfiguration = defineOperation({
  name: "CreateDistributionConfiguration",
  run: async (input, context) => {
    checkDistributions(context.operation, input);
    const { name, tags } = input;
    const stored = await storeOnce(context, { type: "distribution-configuration", name, tags, detail: distributionDetail(input) });
    return { distributionConfigurationArn: stored.arn };
  },
});
