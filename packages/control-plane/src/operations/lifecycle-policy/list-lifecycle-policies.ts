import { listResources } from "../../lists/list-resources.js";
import { defineOperation } from "../../operation-definition.js";
import { lastRunsOf, lifecyclePolicySummaryOf } from "./lifecycle-policy.js";

/** The lifecycle policies of the account. Source: API model. */
export const listLifecyclePolicies = defineOperation({
  name: "ListLifecyclePolicies",
  run: async (input, context) => {
    const { rows, ...page } = await listResources(context, input, { kind: "lifecycle-policy", of: "versions" });
    const lastRuns = await lastRunsOf(context.database, rows);
    return { ...page, lifecyclePolicySummaryList: rows.map((row) => lifecyclePolicySummaryOf(row, lastRuns.get(row.id))) };
  },
});
