import { testSteps } from "../testing/check-step.js";
import { runCommandContract } from "./contract.js";

testSteps(runCommandContract, [
  ["inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: Sample, parameters: { osPlatform: [Linux] } }"],
  [
    'inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: Sample, documentVersion: "2", parameters: { name.$: [$.stepOutputs.Launch.instanceId] } }',
  ],
  [
    "inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: Sample, parameters: { osPlatform: Linux } }",
    '"osPlatform" must be a list; found "Linux"',
  ],
  ["inputs: { instanceId.$: $.stepOutputs.Launch.instanceId }", 'the inputs of RunCommand must have "documentName"'],
  [
    "inputs: { commands: [ls] }",
    'the inputs of RunCommand: unknown key "commands"; allowed: "documentName", "documentVersion", "instanceId" or "parameters"',
  ],
  [
    "inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName.$: $.imagebuilder.collectImageMetadata }",
    '"documentName" must be a text; "$.imagebuilder.collectImageMetadata" is true or false',
  ],
]);
