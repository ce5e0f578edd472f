import { defineCreation } from "../../creation-definition.js";
import { lifecyclePolicyDetail, withPolicyDefaults } from "./lifecycle-policy.js";

const operation = "CreateLifecyclePolicy";

/** Creates a lifecycle policy, whose rules are checked as for a run. Source: API model; guide chapter 25. */
export const createLifecyclePolicy = defineCreation({
  name: operation,
  withDefaults: withPolicyDefaults,
  resource: (input) => {
    const { name, status = "ENABLED", tags } = input;
    return { type: "lifecycle-policy", name, status, tags, detail: lifecyclePolicyDetail({ operation }, name, input) };
  },
  arnMember: "lifecyclePolicyArn",
});
