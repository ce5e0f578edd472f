import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { distributionSummaryOf } from "./distribution-configuration.js";

/** The distribution configurations of the account. Source: API model. */
export const listDistributionConfigurations = defineOperation({
  name: "ListDistributionConfigurations",
  run: async (input, context) => {
    const { rows, ...page } = await listResources(context, input, { kind: "distribution-configuration", of: "versions" });
    return { ...page, distributionConfigurationSummaryList: rows.map(distributionSummaryOf) };
  },
});
