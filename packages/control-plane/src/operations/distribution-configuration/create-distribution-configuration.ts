import { defineCreation } from "../../creation-definition.js";
import { checkDistributions, distributionDetail } from "./distribution-configuration.js";

const name = "CreateDistributionConfiguration";

/** Creates a distribution configuration, which the planner of distributions has checked. Source: API model; guide chapter 30. */
export const createDistributionConfiguration = defineCreation({
  name,
  resource: (input) => {
    checkDistributions(name, input);
    return { type: "distribution-configuration", name: input.name, tags: input.tags, detail: distributionDetail(input) };
  },
  arnMember: "distributionConfigurationArn",
});
