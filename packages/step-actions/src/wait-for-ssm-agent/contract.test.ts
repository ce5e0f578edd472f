import { testSteps } from "../testing/check-step.js";
import { waitForSsmAgentContract } from "./contract.js";

testSteps(waitForSsmAgentContract, [
  ["timeoutSeconds: 900, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }"],
  ["timeoutSeconds: 10801, inputs: { instanceId: i-1 }", '"timeoutSeconds" of WaitForSSMAgent must be from 1 to 10800; found 10801'],
]);
