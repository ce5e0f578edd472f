import { invalidValue } from "../../errors/api-errors.js";
import { cancelLifecyclesOf } from "../../lifecycles/lifecycle-executions.js";
import { defineOperation } from "../../operation-definition.js";
import { changeResource } from "../../resources/change-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import { lifecyclePolicyDetail, withPolicyDefaults, type LifecyclePolicyDetail } from "./lifecycle-policy.js";

const name = "UpdateLifecyclePolicy";

/**
 * Replaces all of a lifecycle policy but its name, type and tags; a disabled one is enabled if no status is given. Disabling it cancels the
 * execution in progress. Source: API model.
 */
export const updateLifecyclePolicy = defineOperation({
  name,
  withDefaults: withPolicyDefaults,
  run: async (input, context) => {
    const { lifecyclePolicyArn: arn, status = "ENABLED" } = input;
    const row = await findOwnResource(context, arn, { parameter: "lifecyclePolicyArn", types: ["lifecycle-policy"] });
    const { resourceType } = row.detail as unknown as LifecyclePolicyDetail;
    if (input.resourceType !== resourceType)
      throw invalidValue(
        name,
        "resourceType",
        `the policy is for '${resourceType}', which cannot be changed; found '${input.resourceType}'`,
      );
    await changeResource(context, row, { detail: lifecyclePolicyDetail(context, row.name, input), status });
    if (status === "DISABLED") await cancelLifecyclesOf(context, row, "The lifecycle policy was disabled.");
    return { lifecyclePolicyArn: row.arn };
  },
});
