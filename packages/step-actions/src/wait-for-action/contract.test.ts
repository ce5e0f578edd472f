import { testSteps } from "../testing/check-step.js";
import { waitForActionContract } from "./contract.js";

testSteps(waitForActionContract, [
  ["onFailure: Abort"],
  [
    'timeoutSeconds: 604800, inputs: { snsTopicArn: "arn:aws:sns:us-west-2:111122223333:ExampleTopic", payload: "{{ $.stepOutputs.Launch.instanceId }} waits" }',
  ],
  ["timeoutSeconds: 604801", '"timeoutSeconds" of WaitForAction must be from 1 to 604800; found 604801'],
  ["inputs: { payload.$: $.imagebuilder.securityGroups }", '"payload" must be a text; "$.imagebuilder.securityGroups" is a list of texts'],
]);
