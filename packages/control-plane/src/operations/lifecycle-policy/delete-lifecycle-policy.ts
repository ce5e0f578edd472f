import { cancelLifecyclesOf } from "../../lifecycles/lifecycle-executions.js";
import { defineOperation } from "../../operation-definition.js";
import { deleteResource } from "../../resources/change-resource.js";

/** Deletes a lifecycle policy, and cancels its execution in progress. What it has done stays. Source: API model. */
export const deleteLifecyclePolicy = defineOperation({
  name: "DeleteLifecyclePolicy",
  run: async ({ lifecyclePolicyArn: arn }, context) => {
    const row = await deleteResource(context, arn, { parameter: "lifecyclePolicyArn", types: ["lifecycle-policy"] });
    await cancelLifecyclesOf(context, row, "The lifecycle policy was deleted.");
    return { lifecyclePolicyArn: row.arn };
  },
});
