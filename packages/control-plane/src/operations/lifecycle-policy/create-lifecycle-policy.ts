import { defineOperation } from "../../operation-definition.js";
import { storeOnce } from "../../resources/store-once.js";
import { lifecyclePolicyDetail, withPolicyDefaults } from "./lifecycle-policy.js";

/** Creates a lifecycle policy, whose rules are checked as for a run. Source: API model; guide chapter 25. */
export const createLifecyclePolicy = defineOperation({
  name: "CreateLifecyclePolicy",
  withDefaults: withPolicyDefaults,
  run: async (input, context) => {
    const { name, status = "ENABLED", tags } = input;
    const detail = lifecyclePolicyDetail(context, name, input);
    const stored = await storeOnce(context, { type: "lifecycle-policy", name, status, tags, detail });
    return { lifecyclePolicyArn: stored.arn };
  },
});
