import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { expectLinear } from "@imagewright/test-kit";
import { checkWorkflow } from "./index.js";
import { testActions } from "./testing/test-actions.js";
import { reportedOf, withWorkflowSteps } from "./testing/workflow-text.js";

const registry = testActions();
const check = (text: string) => checkWorkflow(new SourceFile("f.yaml", text), { registry, type: "BUILD" }).diagnostics;
const LAUNCH = "{ name: Machine, action: Launch }";
const withSize = (size: string) => withWorkflowSteps([`{ name: Machine, action: Launch, inputs: { size: ${size} } }`]);

describe("bad input is reported with a clear message", () => {
  test.each([
    ["a NUL byte", "schemaVersion: 1.0\nname: a\0b\n", ["2:8 yaml-syntax: the text has a NUL byte; write it as plain UTF-8 text"]],
    ["bytes that are not text", "\u0001\u0002\u0003", ["1:1 wrong-type: a workflow document must be a mapping; found a string"]],
    [
      "a merge key",
      `${withWorkflowSteps([LAUNCH])}<<: *x\n`,
      ['4:1 yaml-merge-key: the merge key "<<" is not supported; write out the keys that it would add'],
    ],
    ["a tag", withSize("!Sub a"), ['3:54 yaml-tag: the tag "!Sub" is not supported; write the value without it']],
    ["a key twice", `${withWorkflowSteps([LAUNCH])}name: a\nname: b\n`, ['5:1 duplicate-key: the key "name" is used twice']],
    [
      "two documents",
      `${withWorkflowSteps([LAUNCH])}---\na: b\n`,
      ['4:1 yaml-several-documents: a second document starts here; one file holds one document, without "---" after it'],
    ],
    [
      "a prototype",
      withWorkflowSteps([LAUNCH, "{ name: Say, action: Launch, inputs: { size.$: $.stepOutputs.Machine.constructor } }"]),
      ['4:52 unknown-reference: step "Machine": unknown output "constructor"; allowed: "addresses", "disk" or "instanceId"'],
    ],
  ])("%s", (_what, text, expected) => expect(reportedOf(text)).toEqual(expected));

  test.each([
    ["lists", `steps: ${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["conditions", withWorkflowSteps([`{ name: Machine, action: Launch, if: ${"{ not: ".repeat(10_000)}x${" }".repeat(10_000)} }`])],
  ])("%s nested too deeply", (_what, text) =>
    expect(check(text).map(({ message }) => message)).toEqual(["the text is nested too deeply; 100 levels are allowed"]),
  );

  test("an alias bomb", () => {
    const levels = Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]\n`).join("");
    const messages = check(`a0: &a0 x\n${levels}${withWorkflowSteps([LAUNCH])}`).map(({ code }) => code);
    expect(messages).toContain("yaml-too-many-aliases");
  });
});

describe("takes time in proportion to the length of the text", () => {
  test.each<[string, number, (size: number) => string]>([
    [
      "steps, which are too many",
      500,
      (size) => withWorkflowSteps(Array.from({ length: size }, (_, index) => `{ name: Step${index}, action: Launch }`)),
    ],
    ["a text", 300_000, (size) => withSize(`"${"x".repeat(size)}"`)],
    ["opening braces", 300_000, (size) => withSize(`"${"{{ ".repeat(size)}"`)],
    ["references", 5_000, (size) => withSize(`"${"{{ $.imagebuilder.subnetId }} ".repeat(size)}"`)],
    ["a long path", 300_000, (size) => withSize(`"{{ $.${"a.".repeat(size)}b }}"`)],
    ["a path of indexes", 300_000, (size) => withSize(`"$.stepOutputs.Machine.addresses${"[0]".repeat(size)}"`)],
    [
      "parameters",
      500,
      (size) =>
        withWorkflowSteps([LAUNCH], `parameters: [${Array.from({ length: size }, (_, index) => `{ name: p${index} }`).join(", ")}]\n`),
    ],
    [
      "items of a list",
      2_000,
      (size) =>
        withWorkflowSteps([
          `{ name: Say, action: Command, inputs: { instanceId.$: $.workflowOutputs.Id, parameters: { a: [${"x, ".repeat(size)}y] } } }`,
        ]),
    ],
    ["binary", 300_000, (size) => "\u0001\ufffd\u0000".repeat(size)],
  ])("%s", async (_what, size, make) => expectLinear(size, make, check));
});
