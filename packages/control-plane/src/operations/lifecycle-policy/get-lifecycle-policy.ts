import { defineOperation } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { lastRunsOf, lifecyclePolicyOf } from "./lifecycle-policy.js";

/** A lifecycle policy. Source: API model. */
export const getLifecyclePolicy = defineOperation({
  name: "GetLifecyclePolicy",
  run: async ({ lifecyclePolicyArn: arn }, context) => {
    const row = await findResource(context, arn, { parameter: "lifecyclePolicyArn", types: ["lifecycle-policy"] });
    const lastRuns = await lastRunsOf(context.database, [row]);
    return { lifecyclePolicy: lifecyclePolicyOf(row, lastRuns.get(row.id)) };
  },
});
