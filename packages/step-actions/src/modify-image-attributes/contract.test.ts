import { testSteps } from "../testing/check-step.js";
import { modifyImageAttributesContract } from "./contract.js";

testSteps(modifyImageAttributesContract, [
  [
    'inputs: { distributedImages.$: $.workflowOutputs.images, attributes: [{ region: us-west-2, launchPermission: { userIds: ["111122223333"] } }] }',
  ],
  [
    "inputs: { distributedImages.$: $.stepOutputs.Launch.instanceId }",
    '"distributedImages" must be a list; "$.stepOutputs.Launch.instanceId" is a text',
  ],
  ["onFailure: Abort", 'step "Step" must have "inputs"; ModifyImageAttributes needs them'],
]);
