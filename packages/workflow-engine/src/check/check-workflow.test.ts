import { describe, expect, test } from "@jest/globals";
import { reportedOf, withWorkflowSteps } from "../testing/workflow-text.js";

const LAUNCH = "{ name: Machine, action: Launch }";
const command = (inputs: string, others = "") => `{ name: Say, action: Command, inputs: { ${inputs} }${others} }`;
const INSTANCE = "instanceId.$: $.stepOutputs.Machine.instanceId";
const PARAMETERS =
  "parameters: [{ name: flag, type: boolean, default: true }, { name: size }, { name: many, type: integer }, { name: list, type: stringList }]\n";
const VARIABLES =
  '"cloudWatchLogGroup", "cloudWatchLogStream", "collectImageMetadata", "collectImageScanFindings", "imageBuildNumber", "imageId", "imageName", ' +
  '"imageType", "imageVersionNumber", "instanceProfileName", "platform", "s3Logs", "securityGroups", "sourceImageARN", "subnetId", ' +
  '"terminateInstanceOnFailure", "workflowPhase" or "workingDirectory"';

describe("the form of a document", () => {
  test.each<[string, string, ...string[]]>([
    ["nothing", "", "1:1 wrong-type: the document is empty"],
    ["a list", "- a\n", "1:1 wrong-type: a workflow document must be a mapping; found a list"],
    ["no steps", "schemaVersion: 1.0\n", '1:1 missing-key: the document must have "steps"'],
    [
      "steps that cannot be read",
      "schemaVersion: 1.0\nsteps: *none\n",
      '2:8 yaml-alias: the alias "*none" has no anchor "&none" before it',
    ],
    [
      "a step that cannot be read",
      withWorkflowSteps([LAUNCH, "*none"]),
      '4:5 yaml-alias: the alias "*none" has no anchor "&none" before it',
    ],
    ["an empty list of steps", "schemaVersion: 1.0\nsteps: []\n", '2:8 value-empty: "steps" must not be empty'],
    [
      "a version that is not known",
      `schemaVersion: 2.0\nsteps: [${LAUNCH}]\n`,
      '1:16 value-not-allowed: "schemaVersion" must be 1.0; found "2.0"',
    ],
    ["a version as text", `schemaVersion: "1.0"\nsteps: [${LAUNCH}]\n`],
    ["a version as a whole number", `schemaVersion: 1\nsteps: [${LAUNCH}]\n`],
    [
      "all at once",
      withWorkflowSteps(
        [
          "{ name: A, action: Launch, timeoutSeconds: 0, onFailure: Stop }",
          "{ name: 'B C', action: Lanch, input: {} }",
          '{ action: Launch, description: "" }',
          "{ name: Again, action: Launch, rollbackEnabled: often }",
          "{ name: Again, action: Findings, inputs: [] }",
        ],
        "paramters: []\n",
      ),
      '3:13 name-not-allowed: the step name "A" is not allowed; a name has 2 to 128 of the characters 0-9, a-z, A-Z, "-" and "_"',
      '3:48 value-not-allowed: "timeoutSeconds" must be a whole number of seconds above 0; found "0"',
      '3:62 value-not-allowed: "onFailure" must be "Abort" or "Continue"; found "Stop"',
      '4:13 name-not-allowed: the step name "B C" is not allowed; a name has 2 to 128 of the characters 0-9, a-z, A-Z, "-" and "_"',
      '4:28 unknown-action: unknown step action "Lanch"; allowed: "Command", "Findings", "Launch" or "Wait"; did you mean "Launch"?',
      '4:35 unknown-key: step "B C": unknown key "input"; allowed: "action", "description", "if", "inputs", "name", "onFailure", "rollbackEnabled" or "timeoutSeconds"; did you mean "inputs"?',
      '5:7 missing-key: a step must have "name"',
      '5:36 value-empty: "description" of a step must not be empty',
      '6:53 wrong-type: "rollbackEnabled" must be true, false or a reference; found "often"',
      '7:13 duplicate-name: the step name "Again" is used twice',
      '7:28 action-not-in-type: Findings is not allowed in a workflow of the type BUILD; it is for "TEST"',
      '7:46 wrong-type: "inputs" of step "Again" must be a mapping; found a list',
      '8:1 unknown-key: the document: unknown key "paramters"; allowed: "description", "name", "outputs", "parameters", "schemaVersion" or "steps"; did you mean "parameters"?',
    ],
    [
      "16 steps",
      withWorkflowSteps(Array.from({ length: 16 }, (_, index) => `{ name: Step${index}, action: Launch }`)),
      "18:5 too-many-steps: a workflow has at most 15 steps; found 16",
    ],
    [
      "parameters",
      withWorkflowSteps(
        [LAUNCH],
        "parameters: [{ name: a, type: text }, { name: a }, { type: string }, { name: b, type: integer, default: many }, { name: c, type: stringList, default: one }, { name: d, defaultValue: x }]\n",
      ),
      '4:31 value-not-allowed: "type" must be "boolean", "integer", "string" or "stringList"; found "text"',
      '4:47 duplicate-name: the parameter name "a" is used twice',
      '4:54 missing-key: a parameter must have "name"',
      '4:105 wrong-type: the default of parameter "b" must be a whole number; found "many"',
      '4:151 wrong-type: the default of parameter "c" must be a list of texts; found a string',
      '4:169 warning spelling: parameter "d": write "default", not "defaultValue"',
    ],
    [
      "outputs",
      withWorkflowSteps(
        [LAUNCH],
        "outputs: [{ name: a, value: b }, { name: a, value: [c] }, { name: a, value: $.stepOutputs.Machine.id }, { value: d }]\n",
      ),
      '4:52 wrong-type: "value" of output "a" must be a string; found a list',
      '4:67 duplicate-name: the output name "a" is used twice',
      '4:77 unknown-reference: step "Machine": unknown output "id"; allowed: "addresses", "disk" or "instanceId"',
      '4:107 missing-key: an output must have "name"',
    ],
    [
      "a time limit above that of the action",
      withWorkflowSteps(["{ name: Machine, action: Launch, timeoutSeconds: 86401 }"]),
      '3:54 value-not-allowed: "timeoutSeconds" of Launch must be from 1 to 86400; found 86401',
    ],
  ])("%s", (_what, text, ...expected) => expect(reportedOf(text)).toEqual(expected));
});

describe("inputs and references", () => {
  test.each<[string, string, ...string[]]>([
    ["a reference, an index, a text with a reference", command(`${INSTANCE}, run: "ping {{ $.stepOutputs.Machine.addresses[0] }}"`)],
    ["a key below an object", command(`${INSTANCE}, run.$: $.stepOutputs.Machine.disk.name`)],
    ["the outputs of earlier workflows", command("instanceId.$: $.workflowOutputs.InstanceId")],
    ["a parameter", command("instanceId.$: $.parameters.size")],
    ["braces of others", command(`${INSTANCE}, run: "{{ imagebuilder:buildDate }} {{ .ID }}"`)],
    ["a text that is not a path", command(`${INSTANCE}, run: "$.5 an hour"`)],
    [
      "a list below a key of a reference",
      command(`${INSTANCE}, parameters: { names.$: [$.parameters.size, literal] }`),
      '4:136 warning spelling: each item of "names" is a text, not a reference: write its key without ".$"',
    ],
    ["no inputs", "{ name: Say, action: Command }", '4:13 missing-key: step "Say" must have "inputs"; Command needs them'],
    [
      "a key twice",
      command(`${INSTANCE}, instanceId: i-1`),
      '4:93 duplicate-key: the inputs of Command: "instanceId" is given twice',
      '4:105 instance-not-launched: "instanceId" of Command must be an instance that a step of the workflow has launched; found "i-1"',
    ],
    [
      "a path without the indicator",
      command("instanceId: $.stepOutputs.Machine.instanceId"),
      '4:57 warning spelling: "instanceId" is a reference: write its key with ".$" at the end',
    ],
    [
      "another value than an instance",
      command("instanceId.$: $.imagebuilder.imageId"),
      '4:59 instance-not-launched: "instanceId" of Command must be an instance that a step of the workflow has launched; "$.imagebuilder.imageId" is another value',
    ],
    [
      "an unknown step",
      command("instanceId.$: $.stepOutputs.Machin.instanceId"),
      '4:59 unknown-reference: unknown step "Machin"; allowed: "Machine"; did you mean "Machine"?',
    ],
    [
      "a reference that is opened and never closed",
      command(`${INSTANCE}, run: "on {{ literal }} {{ $.imagebuilder.platform"`),
      '4:116 warning unclosed-reference: the reference "$.imagebuilder.platform" is never closed, so it stays as text',
    ],
    [
      "the step itself",
      command(`${INSTANCE}, run.$: $.stepOutputs.Say.status`),
      "4:100 later-step: a step cannot refer to its own outputs",
    ],
    [
      "a later step",
      command(`${INSTANCE}, run.$: $.stepOutputs.Last.instanceId`),
      '4:100 later-step: step "Last" runs after this one, which can refer to outputs of earlier steps only; earlier: "Machine"',
    ],
    [
      "an unknown output",
      command(`${INSTANCE}, run.$: "$.stepOutputs.Machine.adresses[0]"`),
      '4:101 unknown-reference: step "Machine": unknown output "adresses"; allowed: "addresses", "disk" or "instanceId"; did you mean "addresses"?',
    ],
    [
      "an index of a text",
      command(`${INSTANCE}, run.$: "$.stepOutputs.Machine.instanceId[0]"`),
      '4:101 unknown-reference: "$.stepOutputs.Machine.instanceId[0]": there is nothing at "[0]" of a text',
    ],
    [
      "an unknown parameter",
      command(`${INSTANCE}, run.$: $.parameters.sise`),
      '4:100 unknown-reference: unknown parameter "sise"; allowed: "flag", "list", "many" or "size"; did you mean "size"?',
    ],
    [
      "a parameter in braces without a path",
      command(`${INSTANCE}, run: "{{ size }}"`),
      '4:98 warning braces-without-path: "{{ size }}" stays as it is; write "{{ $.parameters.size }}" for the parameter',
    ],
    [
      "an unknown variable",
      command(`${INSTANCE}, run.$: $.imagebuilder.subnet`),
      `4:100 unknown-reference: unknown system variable "subnet"; allowed: ${VARIABLES}; did you mean "subnetId"?`,
    ],
    [
      "another case of letters",
      command(`${INSTANCE}, run.$: $.imageBuilder.Platform`),
      '4:100 warning spelling: write "$.imagebuilder.platform", not "$.imageBuilder.Platform"',
    ],
    [
      "a boolean where a text is needed",
      command(`${INSTANCE}, run.$: $.parameters.flag`),
      '4:100 wrong-type: "run" must be a text; "$.parameters.flag" is true or false',
    ],
    ["a number inside of a text", command(`${INSTANCE}, run: "{{ $.parameters.many }} {{ $.parameters.flag }}"`)],
    [
      "a list inside of a text",
      command(`${INSTANCE}, run: "a {{ $.parameters.list }}"`),
      '4:104 wrong-type: a list or a mapping cannot be part of a text; "$.parameters.list" is a list of texts',
    ],
    ["a list where one is needed", command(`${INSTANCE}, parameters: { names.$: $.parameters.list }`)],
    [
      "a text where a list is needed",
      command(`${INSTANCE}, parameters: { names.$: $.parameters.size }`),
      '4:116 wrong-type: "names" must be a list of texts; "$.parameters.size" is a text',
    ],
    [
      "a text where a number is needed",
      "{ name: Say, action: Launch, inputs: { count.$: $.parameters.size, spot.$: $.parameters.flag } }",
      '4:53 wrong-type: "count" must be a whole number; "$.parameters.size" is a text',
    ],
    [
      "a path that cannot be read",
      command(`${INSTANCE}, run.$: "$.steps.Machine.instanceId"`),
      '4:101 unreadable-reference: cannot read the path "$.steps.Machine.instanceId"',
    ],
    [
      "rollbackEnabled by a text",
      `{ name: Say, action: Launch, rollbackEnabled: $.parameters.size }`,
      '4:51 wrong-type: "rollbackEnabled" must be true or false; "$.parameters.size" is a text',
    ],
    ["rollbackEnabled by a boolean", `{ name: Say, action: Launch, rollbackEnabled: $.parameters.flag }`],
    [
      "what follows from a step with a fault is not reported",
      command(`${INSTANCE}, run.$: $.stepOutputs.Broken.x`),
      '5:7 missing-key: a step must have "name"',
    ],
  ])("%s", (what, step, ...expected) => {
    const last = what.startsWith("what follows") ? "{ action: Launch }" : "{ name: Last, action: Launch }";
    expect(reportedOf(withWorkflowSteps([LAUNCH, step, last], PARAMETERS))).toEqual(expected);
  });
});

describe("conditions", () => {
  test.each<[string, ...string[]]>([
    ["{ booleanEquals: true, value: $.parameters.flag }"],
    ["[{ booleanEquals: true, value: $.parameters.flag }]"],
    ["{ numberEquals: $.parameters.many, value: 1 }"],
    ["{ stringEquals: a, value: $.parameters.flag }"],
    ["{ stringEquals: 'x{{ $.parameters.size }}', value: $.stepOutputs.Machine.instanceId }"],
    [
      "{ stringEquals: Docker, value: $.imagebuilder.imageType }",
      '4:54 warning spelling: write "DOCKER", as the variable has it, not "Docker"',
    ],
    [
      "{ StringEquals: $.imagebuilder.platform, value: macos }",
      '4:86 warning spelling: write "macOS", as the variable has it, not "macos"',
    ],
    [
      "{ numberEquals: 1, value: $.parameters.flag }",
      '4:64 wrong-type: "numberEquals" cannot compare "$.parameters.flag", which is true or false',
    ],
    [
      "{ booleanEquals: true, value: $.parameters.many }",
      '4:68 wrong-type: "booleanEquals" cannot compare "$.parameters.many", which is a number',
    ],
    [
      "{ stringEquals: a, value: $.parameters.list }",
      '4:64 wrong-type: "stringEquals" cannot compare "$.parameters.list", which is a list',
    ],
    [
      "{ stringEquals: a, value: $.stepOutputs.Last.instanceId }",
      '4:64 later-step: step "Last" runs after this one, which can refer to outputs of earlier steps only; earlier: "Machine"',
    ],
    [
      "{ numberEquals: one, value: 1 }",
      '4:54 condition-not-allowed: "if": "numberEquals" must be a number, such as 10 or "-2.5"; found "one"',
    ],
    [
      "{ fileExists: /a }",
      '4:40 condition-not-allowed: "if": unknown operator "fileExists"; allowed: "and", "booleanEquals", "not", "numberEquals", "numberGreaterThan", "numberGreaterThanEquals", "numberLessThan", "numberLessThanEquals", "or" or "stringEquals"',
    ],
    [
      "{ and: [{ not: { or: [{ and: [{ numberEquals: 1, value: 1 }] }] } }] }",
      '4:70 condition-not-allowed: "if": "numberEquals" is nested too deeply; 4 levels of conditions are allowed',
    ],
  ])("%s", (condition, ...expected) => {
    const step = `{ name: Say, action: Launch, if: ${condition} }`;
    expect(reportedOf(withWorkflowSteps([LAUNCH, step, "{ name: Last, action: Launch }"], PARAMETERS))).toEqual(expected);
  });
});
