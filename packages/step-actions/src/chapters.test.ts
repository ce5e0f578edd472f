import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { checkWorkflow, simulateWorkflow, type CheckedWorkflow } from "@imagewright/workflow-engine";
import { stepActionContracts as registry } from "./index.js";

/** The document, and what is reported of it. */
function read(text: string, type?: CheckedWorkflow["type"]) {
  const { document, diagnostics } = checkWorkflow(new SourceFile("chapter.yaml", text), { registry, type });
  return { document, messages: diagnostics.map(({ message }) => message) };
}

async function statusesOf(text: string, parameters: Readonly<Record<string, readonly string[]>> = {}, variables = {}): Promise<string[]> {
  const { document, messages } = read(text);
  if (document === undefined) throw new Error(messages.join("; "));
  const execution = await simulateWorkflow({ workflow: document, registry, parameters: new Map(Object.entries(parameters)), variables });
  return [execution.status, ...execution.steps.map(({ status }) => status)];
}

// the document of chapter 37, with its parameter, its four steps and an output
const TEST_IMAGE = `
name: sample-test
description: Tests an image, and waits at the end.
schemaVersion: 1.0
parameters:
  - name: waitAtEnd
    type: boolean
    default: true
    description: Whether to wait for a decision at the end
steps:
  - name: LaunchTestInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: "ssmAgent"
  - name: ApplyTestComponents
    action: ExecuteComponents
    onFailure: Abort
    inputs:
      instanceId.$: "$.stepOutputs.LaunchTestInstance.instanceId"
  - name: TerminateTestInstance
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: "$.stepOutputs.LaunchTestInstance.instanceId"
  - name: WaitAtEnd
    action: WaitForAction
    if:
      booleanEquals: true
      value: "$.parameters.waitAtEnd"
outputs:
  - name: status
    value: "$.stepOutputs.ApplyTestComponents.status"
`;

describe("chapter 37", () => {
  test("the document of a test workflow has no faults, in a test workflow and in others", () => {
    for (const type of ["TEST", "BUILD"] as const) expect(read(TEST_IMAGE, type).messages).toEqual([]);
    expect(read(TEST_IMAGE, "DISTRIBUTION").messages).toEqual([
      'ExecuteComponents is not allowed in a workflow of the type DISTRIBUTION; it is for "BUILD" and "TEST"',
    ]);
  });

  test("its last step depends on a parameter", async () => {
    const done = ["COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED"];
    expect(await statusesOf(TEST_IMAGE)).toEqual([...done, "COMPLETED"]);
    expect(await statusesOf(TEST_IMAGE, { waitAtEnd: ["false"] })).toEqual([...done, "SKIPPED"]);
  });
});

describe("chapter 37, outputs", () => {
  const CREATED = `
schemaVersion: 1.0
steps:
  - name: launch
    action: LaunchInstance
    inputs: { waitFor: ssmAgent }
  - name: createProdImage
    action: CreateImage
    inputs:
      instanceId.$: $.stepOutputs.launch.instanceId
outputs:
  - name: 'outputImageId'
    value: '$.stepOutputs.createProdImage.imageId'
`;
  const USED =
    "schemaVersion: 1.0\nsteps:\n  - name: terminate\n    action: TerminateInstance\n    inputs:\n      instanceId.$: $.workflowOutputs.outputImageId\n";

  test("an output of a step is one of the workflow, and a later workflow refers to it", async () => {
    const { document, messages } = read(CREATED);
    if (document === undefined) throw new Error(messages.join("; "));
    const { outputs } = await simulateWorkflow({ workflow: document, registry });
    expect([messages, Object.keys(outputs)]).toEqual([[], ["outputImageId"]]);
    expect([read(USED, "TEST").messages, await statusesOf(USED)]).toEqual([[], ["COMPLETED", "COMPLETED"]]);
  });
});

describe("chapter 38, the examples of steps", () => {
  const INSTANCE = "instanceId.$: $.stepOutputs.LaunchStep.instanceId";
  const launched = (name: string, action: string, inputs: readonly string[], onFailure = "Abort") => `
schemaVersion: 1.0
steps:
  - name: LaunchStep
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: ssmAgent
  - name: ${name}
    action: ${action}
    onFailure: ${onFailure}
${inputs.length === 0 ? "" : `    inputs:\n${inputs.map((line) => `      ${line}\n`).join("")}`}`;

  const TEXT = '"instanceId" is a text, not a reference: write its key without ".$"';
  const REFERENCE = '"instanceId" is a reference: write its key with ".$" at the end';
  const PRINTED_WITHOUT = "instanceId: $.stepOutputs.LaunchStep.instanceId";

  test.each<readonly [action: string, name: string, inputs: readonly string[], output: string, ...warnings: string[]]>([
    ["BootstrapInstanceForContainer", "ContainerBootstrapStep", [INSTANCE], "status"],
    ["CollectImageMetadata", "CollectMetadataStep", [PRINTED_WITHOUT], "osVersion", REFERENCE],
    ["CollectImageScanFindings", "CollectFindingsStep", [INSTANCE], "status"],
    ["CreateImage", "CreateImageFromInstance", ['instanceId.$: "i-1234567890abcdef0"'], "imageId", TEXT],
    ["ExecuteComponents", "ExecComponentsStep", [PRINTED_WITHOUT], "status", REFERENCE],
    ["RunCommand", "RunCommandDoc", ["documentName: SampleDocument", 'parameters: { osPlatform: ["Linux"] }', INSTANCE], "status"],
    ["RunSysPrep", "RunSysprep", [INSTANCE], "status"],
    ["SanitizeInstance", "SanitizeStep", [PRINTED_WITHOUT], "status", REFERENCE],
    ["WaitForAction", "SendEventAndWait", ["snsTopicArn: arn:aws:sns:us-west-2:111122223333:ExampleTopic"], "reason"],
  ])("%s %s %j", async (action, name, inputs, output, ...warnings) => {
    const text = `${launched(name, action, inputs)}outputs: [{ name: out, value: $.stepOutputs.${name}.${output} }]\n`;
    expect(read(text).messages).toEqual(warnings);
    expect(await statusesOf(text)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED"]);
  });

  test("TerminateInstance", async () => {
    const text = launched("TerminateInstance", "TerminateInstance", ["instanceId.$: i-1234567890abcdef0"], "Continue");
    expect([read(text).messages, await statusesOf(text)]).toEqual([[TEXT], ["COMPLETED", "COMPLETED", "COMPLETED"]]);
  });
});

describe("chapter 39", () => {
  const withCondition = (condition: string) =>
    `schemaVersion: 1.0\nsteps:\n  - name: Launch\n    action: LaunchInstance\n    inputs: { waitFor: ssmAgent }\n    if:\n${condition}`;

  test.each<[string, string, "COMPLETED" | "SKIPPED", ...string[]]>([
    [
      "four levels",
      "      and:\n        - stringEquals: 'text'\n          value: 'text'\n        - and:\n          - numberEquals: '1'\n            value: 1\n          - not:\n              stringEquals: 'one'\n              value: 'two'\n",
      "COMPLETED",
    ],
    [
      "or",
      "      or:\n        - stringEquals: 'text'\n          value: 'other'\n        - numberEquals: 1\n          value: 1\n",
      "COMPLETED",
    ],
    ["not, as a list", "      not:\n        - stringEquals: 'text'\n          value: 'other'\n", "COMPLETED"],
    ["a setting", "      - booleanEquals: true\n        value: '$.imagebuilder.collectImageScanFindings'\n", "SKIPPED"],
    [
      "the platform",
      "      - stringEquals: 'Linux'\n        value: '$.imagebuilder.Platform'\n",
      "COMPLETED",
      'write "$.imagebuilder.platform", not "$.imagebuilder.Platform"',
    ],
    [
      "and",
      "      and:\n        - stringEquals: 'text'\n          value: 'text'\n        - numberEquals: 1\n          value: 1\n",
      "COMPLETED",
    ],
    ["a number and a text", "      numberEquals: 1\n      value: '1'\n", "COMPLETED"],
    ["a text and a number", "      numberEquals: '1'\n      value: 1\n", "COMPLETED"],
    ["decimals", "      numberEquals: 5.0\n      value: 5.0\n", "COMPLETED"],
    ["numbers below zero", "      numberEquals: -1\n      value: -1\n", "COMPLETED"],
  ])("%s", async (_what, condition, status, ...warnings) => {
    const text = withCondition(condition);
    expect(read(text).messages).toEqual(warnings);
    expect(await statusesOf(text)).toEqual(["COMPLETED", status]);
  });

  test("a condition beside not, as the chapter's example is printed, is an error: it would count as its opposite", () => {
    const text = withCondition(
      "      and:\n        - stringEquals: 'text'\n          value: 'text'\n        - not:\n          stringEquals: 'one'\n          value: 'two'\n",
    );
    expect(read(text).messages).toEqual(['"if": "not" has no condition']);
  });
});
