import { expect, test } from "@jest/globals";
import { checkCommands } from "../index.js";
import { checkedSteps } from "../testing/checked-text.js";
import { STANDARD_COMMAND_DOCUMENTS } from "./standard-documents.js";

const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const OWN = new Map([...STANDARD_COMMAND_DOCUMENTS].map(([, document]) => ["Own-Script", document] as const));

test.each<[string, string, ...string[]]>([
  ["a standard document", "documentName: AWS-RunShellScript, parameters: { commands: [true] }"],
  ["one of one's own", 'documentName: Own-Script, parameters: { commands: ["true"], executionTimeout: ["60"] }'],
  [
    "a document that is not there",
    "documentName: AWS-RunShelScript, parameters: { commands: [x] }",
    'unknown command document "AWS-RunShelScript"; allowed: "AWS-RunPowerShellScript", "AWS-RunShellScript" or "Own-Script"; did you mean "AWS-RunShellScript"?',
  ],
  [
    "parameters that it does not have",
    "documentName: AWS-RunShellScript, parameters: { command: [x] }",
    'command document "AWS-RunShellScript": unknown parameter "command"; allowed: "commands", "executionTimeout" or "workingDirectory"; did you mean "commands"?',
    'command document "AWS-RunShellScript": the parameter "commands" is required',
  ],
  ["no parameters", "documentName: AWS-RunShellScript", 'command document "AWS-RunShellScript": the parameter "commands" is required'],
  ["a name that is known only in the run", "documentName.$: $.workflowOutputs.name"],
  ["a text with a reference", 'documentName: "AWS-{{ $.workflowOutputs.name }}"'],
  ["values that are known only in the run", "documentName: AWS-RunShellScript, parameters.$: $.workflowOutputs.all"],
  ["a value with a reference", 'documentName: AWS-RunShellScript, parameters: { executionTimeout: ["{{ $.workflowOutputs.most }}"] }'],
])("%s", (_what, inputs, ...expected) => {
  const step = `name: Run, action: RunCommand, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, ${inputs} }`;
  const messages = (others = "") =>
    checkCommands(checkedSteps([LAUNCH, `{ ${step}${others} }`], "BUILD"), OWN).map(({ message }) => message);
  expect(messages()).toEqual(expected);
  expect(messages(", if: { stringEquals: Windows, value: $.imagebuilder.platform }")).toEqual([]);
});
