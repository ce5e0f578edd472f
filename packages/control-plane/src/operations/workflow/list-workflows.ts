import { invalidValue } from "../../errors/api-errors.js";
import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { workflowVersionOf } from "./workflow.js";

const name = "ListWorkflows";

/** The versions of workflows of all three types, or one entry a name. Source: API model, `ListWorkflowsRequest.owner` too. */
export const listWorkflows = defineOperation({
  name,
  run: async (input, context) => {
    if (input.owner === "Shared" || input.owner === "ThirdParty")
      throw invalidValue(name, "owner", `no workflows have the owner '${input.owner}'; allowed: Self, Amazon and AWSMarketplace`);
    const { rows, ...page } = await listResources(context, input, { kind: "workflow", of: "versions" });
    return { ...page, workflowVersionList: rows.map((row) => workflowVersionOf(row, input.byName === true)) };
  },
});
