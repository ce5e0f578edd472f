import { testSteps } from "../testing/check-step.js";
import { executeStateMachineContract } from "./contract.js";

testSteps(executeStateMachineContract, [
  [
    'timeoutSeconds: 3600, inputs: { stateMachineArn: "arn:aws:states:us-west-2:111122223333:stateMachine:Check", input.$: "{ \\"id\\": \\"{{ $.workflowOutputs.ImageId }}\\" }" }',
  ],
  ['inputs: { input: "{}" }', 'the inputs of ExecuteStateMachine must have "stateMachineArn"'],
]);
