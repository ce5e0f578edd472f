import { createLifecyclePolicy } from "./create-lifecycle-policy.js";
import { deleteLifecyclePolicy } from "./delete-lifecycle-policy.js";
import { getLifecyclePolicy } from "./get-lifecycle-policy.js";
import { listLifecyclePolicies } from "./list-lifecycle-policies.js";
import { updateLifecyclePolicy } from "./update-lifecycle-policy.js";

export const lifecyclePolicyOperations = {
  CreateLifecyclePolicy: createLifecyclePolicy,
  DeleteLifecyclePolicy: deleteLifecyclePolicy,
  GetLifecyclePolicy: getLifecyclePolicy,
  ListLifecyclePolicies: listLifecyclePolicies,
  UpdateLifecyclePolicy: updateLifecyclePolicy,
};
