import { testSteps } from "../testing/check-step.js";
import { terminateInstanceContract } from "./contract.js";

testSteps(terminateInstanceContract, [
  ["onFailure: Continue, inputs: { instanceId: i-1, waitForTermination: true }"],
  ["inputs: { instanceId: i-1, waitForTermination: maybe }", '"waitForTermination" must be true or false; found "maybe"'],
]);
