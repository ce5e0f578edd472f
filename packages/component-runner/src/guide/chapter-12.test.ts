import { standardRegistry } from "@imagewright/action-modules";
import { SourceFile } from "@imagewright/diagnostics";
import { bindVariables, parseDocument } from "@imagewright/document-engine";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

const INDENTED = `
constants:
  - Origin:
      type: string
      value: https://example.com/tool.msi`;
const BESIDE = `
constants:
  - Origin:
    type: string
    value: https://example.com/tool.msi`;
const PARAMETER = `
parameters:
  - Origin:
    type: string
    default: 'https://example.com/tool.msi'
    description: Where the tool comes from.`;

const download = (variables: string) => `name: Get a tool
schemaVersion: 1.0${variables}
phases:
  - name: build
    steps:
      - name: Get
        action: WebDownload
        inputs:
          - source: '{{ Origin }}'
            destination: 'C:\\Windows\\Temp\\tool.msi'
`;

const say = (variables: string, command: string) => `schemaVersion: 1.0${variables}
phases:
  - name: build
    steps:
      - name: Say
        action: ExecuteBash
        inputs:
          commands:
            - ${command}
`;

const visit = (variables: string) => `name: VisitAll
schemaVersion: 1.0${variables}
phases:
  - name: build
    steps:
      - name: Visit
        action: ExecuteBash
        loop:
          forEach:
            list: '{{ Places }}'
            delimiter: ','
        inputs:
          commands:
            - echo to {{ loop.value }}
`;

describe("chapter 12, constants and parameters", () => {
  test.each([
    ["constant referenced in step inputs", INDENTED],
    ["constant referenced in step inputs, type and value next to the name", BESIDE],
    ["refer to a parameter in step inputs", PARAMETER],
  ])("%s: no faults, and the value", async (_heading, variables) => {
    expect(runner.check(download(variables), "windows")).toEqual([]);
    expect(await runner.run(say(variables, "'echo {{ Origin }}'"))).toMatchObject({
      status: "success",
      printed: ["https://example.com/tool.msi"],
    });
  });

  test("spaces within the braces are trimmed; all forms are valid", async () => {
    expect(await runner.run(say(INDENTED, "'echo {{ Origin }}, {{ Origin}}, {{Origin }}, {{Origin}}'"))).toMatchObject({
      printed: [Array(4).fill("https://example.com/tool.msi").join(", ")],
    });
  });

  test.each([
    ["without quotes", "{{ Origin }}", ['error: text that starts with "{{" needs quotes, as in "{{ name }}"']],
    ["in single quotes", "'{{ Origin }}'", []],
    ["in double quotes", '"{{ Origin }}"', []],
    [
      "with different letter case",
      "'{{ origin }}'",
      ['error: unknown parameter or constant "origin"; allowed: "Origin"; did you mean "Origin"?'],
    ],
  ])("a reference %s", (_title, written, faults) => {
    expect(runner.check(say(INDENTED, written))).toEqual(faults);
  });

  test.each([
    ["constant referenced in loop inputs", "\nconstants:\n  - Places:\n    type: string\n    value: forest,sea"],
    [
      "refer to a parameter in loop inputs",
      "\nparameters:\n  - Places:\n    type: string\n    default: forest,sea\n    description: Places with commas between.",
    ],
  ])("%s", async (_heading, variables) => {
    expect(await runner.run(visit(variables))).toMatchObject({ status: "success", outputs: { Visit: { stdout: "to forest\nto sea" } } });
  });
});

// --parameters itself is read by the agent, and tested there, `name=` included
describe("chapter 12, override parameters at runtime", () => {
  const SERVERS = "\nparameters:\n  - time-server:\n      type: string\n      default: time.example.com\n  - web-url: { type: string }";

  test.each([
    ["set one parameter", { "time-server": "other.example.com", "web-url": "" }, "other.example.com and "],
    [
      "set multiple parameters",
      { "time-server": "other.example.com", "web-url": "https://internal.example.com" },
      "other.example.com and https://internal.example.com",
    ],
    ["names that are not in the document are ignored", { "web-url": "x", unknown: "y" }, "time.example.com and x"],
  ])("%s", async (_title, parameters, printed) => {
    const text = say(SERVERS, "echo '{{ time-server }} and {{ web-url }}'");
    expect(await runner.run(text, { parameters })).toMatchObject({ status: "success", printed: [printed] });
  });

  test("a constant cannot be overridden", async () => {
    expect(await runner.run(say(INDENTED, "echo {{ Origin }}"), { parameters: { Origin: "elsewhere" } })).toMatchObject({
      printed: ["https://example.com/tool.msi"],
    });
  });

  test("a parameter without a default needs a value", () => {
    const { document } = parseDocument(new SourceFile("example.yaml", say(SERVERS, "echo {{ web-url }}")));
    if (document === undefined) throw new Error("the document cannot be read");
    expect(bindVariables(document, []).diagnostics.map(({ message }) => message)).toEqual([
      'the parameter "web-url" has no default and no value was given',
    ]);
  });
});

describe("chapter 12, Systems Manager Parameter Store", () => {
  const printed = (command: string) => `name: PrintAStoredValue
description: This prints a stored value, which nobody should do
  with a secret one.
schemaVersion: 1.0
phases:
  - name: verify
    steps:
      - name: Print
        action: ExecuteBash
        inputs:
          commands:
            - ${command}
`;
  const NO_USUAL_PHASE = 'warning: the document has none of the phases "build", "test" or "validate"; an image build runs no others';

  test("reference an SSM parameter in a component document: a colon and a space in a command need quotes around the whole", () => {
    expect(runner.check(printed('echo "The name: /my/value, it is {{ aws:ssm:/my/value }}."'))).toEqual([
      NO_USUAL_PHASE,
      'error: each item of "commands" must be a string; found a mapping - text that has ": " in it needs quotes around it, or "|" before it',
    ]);
  });

  test("a document that only tests on the host of its container has a phase that a build runs", () => {
    expect(runner.check(printed("'true'").replace("verify", "container-host-test"))).toEqual([]);
  });

  test("reference an SSM parameter in a component document, in quotes", async () => {
    const text = printed(`'echo "The name: /my/value, it is {{ aws:ssm:/my/value }}."'`);
    expect(runner.check(text)).toEqual([NO_USUAL_PHASE]);
    expect(await runner.run(text.replace("verify", "build"), { stored: { "/my/value": "42" } })).toMatchObject({
      status: "success",
      printed: ["The name: /my/value, it is 42."],
    });
  });

  test("resolve an SSM parameter at runtime", async () => {
    const text = `name: ResolveAName
description: This takes the name of a stored value from
  a parameter.
schemaVersion: 1.0
parameters:
  - value-name:
      type: string
      description: "which one"
phases:
  - name: validate
    steps:
      - name: Print
        action: ExecuteBash
        inputs:
          commands:
            - echo "{{ aws:ssm:resolve(value-name) }}"
`;
    expect(await runner.run(text, { parameters: { "value-name": "/my/other" }, stored: { "/my/other": "found" } })).toMatchObject({
      status: "success",
      printed: ["found"],
    });
  });
});
