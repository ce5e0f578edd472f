import { testSteps } from "../testing/check-step.js";
import { bootstrapInstanceForContainerContract } from "./contract.js";

testSteps(bootstrapInstanceForContainerContract, [
  ["onFailure: Abort, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }"],
  ["inputs: { instanceId: $.stepOutputs.Launch.instanceId }", '"instanceId" is a reference: write its key with ".$" at the end'],
  [
    "inputs: { instanceId: i-1234567890abcdef0 }",
    '"instanceId" of BootstrapInstanceForContainer must be an instance that a step of the workflow has launched; found "i-1234567890abcdef0"',
  ],
  ["onFailure: Abort", 'step "Step" must have "inputs"; BootstrapInstanceForContainer needs them'],
  ["timeoutSeconds: 86400, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }"],
  [
    "timeoutSeconds: 86401, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }",
    '"timeoutSeconds" of BootstrapInstanceForContainer must be from 1 to 86400; found 86401',
  ],
]);
