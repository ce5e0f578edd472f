import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { infrastructureSummaryOf } from "./infrastructure-configuration.js";

/** The infrastructure configurations of the account. Source: API model. */
export const listInfrastructureConfigurations = defineOperation({
  name: "ListInfrastructureConfigurations",
  run: async (input, context) => {
    const { rows, ...page } = await listResources(context, input, { kind: "infrastructure-configuration", of: "versions" });
    return { ...page, infrastructureConfigurationSummaryList: rows.map(infrastructureSummaryOf) };
  },
});
