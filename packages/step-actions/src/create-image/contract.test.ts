import { testSteps } from "../testing/check-step.js";
import { createImageContract } from "./contract.js";

testSteps(createImageContract, [
  ["inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }"],
  ["inputs: { instanceId.$: i-1234567890abcdef0 }", '"instanceId" is a text, not a reference: write its key without ".$"'],
  [
    "timeoutSeconds: 259201, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }",
    '"timeoutSeconds" of CreateImage must be from 1 to 259200; found 259201',
  ],
]);
