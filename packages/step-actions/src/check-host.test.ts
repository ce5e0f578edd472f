import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow } from "@imagewright/workflow-engine";
import { expect, test } from "@jest/globals";
import { checkHost } from "./index.js";
import { stepActionContracts as registry } from "./step-action-contracts.js";

test("steps that need AWS or Windows are refused with their places, but for those that a condition may skip", () => {
  const text = `schemaVersion: 1.0
steps:
  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }
  - name: Sysprep
    action: RunSysPrep
    if: { stringEquals: Windows, value: $.imagebuilder.platform }
    inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }
  - name: Sysprep2
    action: RunSysPrep
    inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }
  - name: Machine
    action: ExecuteStateMachine
    inputs: { stateMachineArn: arn:x }
`;
  const { document, diagnostics } = checkWorkflow(new SourceFile("w.yaml", text), { registry, type: "BUILD" });
  expect([diagnostics, renderText(checkHost(document ?? { steps: [] }))]).toMatchInlineSnapshot(`
   [
     [],
     "w.yaml:9:13: RunSysPrep cannot run here: Sysprep is a program of Windows, and instances are Linux containers [action-not-on-host]
         action: RunSysPrep
                 ^~~~~~~~~~
   w.yaml:12:13: ExecuteStateMachine cannot run here: it is an operation of AWS, and this build host is a computer of your own [action-not-on-host]
         action: ExecuteStateMachine
                 ^~~~~~~~~~~~~~~~~~~
   2 errors
   ",
   ]
  `);
});

test("WaitForAction that should tell a function of Lambda is refused, with or without a reference; not so one with a condition", () => {
  const text = `schemaVersion: 1.0
parameters: [{ name: Function, type: string, default: approve }]
steps:
  - { name: Ask, action: WaitForAction, inputs: { lambdaFunctionName: approve, snsTopicArn: arn:aws:sns:x } }
  - name: AskAgain
    action: WaitForAction
    inputs: { lambdaFunctionName.$: $.parameters.Function }
  - name: Maybe
    action: WaitForAction
    if: { stringEquals: Windows, value: $.imagebuilder.platform }
    inputs: { lambdaFunctionName: approve }
`;
  const { document, diagnostics } = checkWorkflow(new SourceFile("w.yaml", text), { registry, type: "BUILD" });
  expect([diagnostics, renderText(checkHost(document ?? { steps: [] }))]).toMatchInlineSnapshot(`
   [
     [],
     "w.yaml:4:51: lambdaFunctionName of WaitForAction cannot be used here: functions of Lambda are called by AWS alone [input-not-on-host]
       - { name: Ask, action: WaitForAction, inputs: { lambdaFunctionName: approve, snsTopicArn: arn:aws:sns:x } }
                                                       ^~~~~~~~~~~~~~~~~~
     help: a webhook or a bus of ib serve is told who waits, and so is the topic of snsTopicArn
   w.yaml:7:15: lambdaFunctionName of WaitForAction cannot be used here: functions of Lambda are called by AWS alone [input-not-on-host]
         inputs: { lambdaFunctionName.$: $.parameters.Function }
                   ^~~~~~~~~~~~~~~~~~~~
     help: a webhook or a bus of ib serve is told who waits, and so is the topic of snsTopicArn
   2 errors
   ",
   ]
  `);
});
