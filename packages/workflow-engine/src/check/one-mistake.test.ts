import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { describe, expect, test } from "@jest/globals";
import { checkWorkflow } from "../index.js";
import { testActions } from "../testing/test-actions.js";
import { withWorkflowSteps } from "../testing/workflow-text.js";

const LAUNCH = "{ name: Machine, action: Launch }";

describe("one mistake is one message", () => {
  const say = (name: string, run: string) =>
    `{ name: ${name}, action: Command, inputs: { instanceId.$: $.stepOutputs.Machine.instanceId, run.$: ${run} } }`;
  test("a step that is misspelled where it is defined, and used several times", () => {
    const text = withWorkflowSteps(
      ["{ name: Machin, action: Launch }", say("One", "x"), say("Two", "$.stepOutputs.Machine.disk")],
      "outputs: [{ name: Id, value: $.stepOutputs.Machine.instanceId }]\n",
    );
    const { diagnostics } = checkWorkflow(new SourceFile("f.yaml", text), { registry: testActions(), type: "BUILD" });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(
      errors.map(({ message, related }) => [message, related?.map((place) => `${place.message} ${formatLocation(place.span)}`)]),
    ).toEqual([
      [
        'unknown step "Machine"; allowed: "Machin"; did you mean "Machin"?',
        ["also here f.yaml:5:59", "also here f.yaml:5:100", "also here f.yaml:6:30"],
      ],
    ]);
  });

  test.each<[string, string, string, ...string[]]>([
    [
      "a parameter",
      "{ name: sise }",
      say("One", "$.parameters.size").replace("run.$", "do.$: $.parameters.size, run.$"),
      'unknown parameter "size"; allowed: "sise"; did you mean "sise"?',
    ],
    [
      "a default of another type",
      "{ name: size, type: boolean, default: yes }",
      "{ name: One, action: Launch, inputs: { spot.$: $.parameters.size } }",
      'the default of parameter "size" must be true or false; found "yes"',
    ],
    [
      "a type that does not exist",
      "{ name: size, type: bool, default: [true] }",
      "{ name: One, action: Launch, inputs: { spot.$: $.parameters.size } }",
      '"type" must be "boolean", "integer", "string" or "stringList"; found "bool"',
    ],
    [
      "a key that is misspelled",
      "{ name: size, tpye: integer, default: 1 }",
      "{ name: One, action: Launch, inputs: { count.$: $.parameters.size } }",
      'parameter "size": unknown key "tpye"; allowed: "default", "defaultValue", "description", "name" or "type"; did you mean "type"?',
    ],
  ])("%s", (_what, parameter, step, ...expected) => {
    const { diagnostics } = checkWorkflow(new SourceFile("f.yaml", withWorkflowSteps([LAUNCH, step], `parameters: [${parameter}]\n`)), {
      registry: testActions(),
      type: "BUILD",
    });
    expect(diagnostics.map(({ message }) => message)).toEqual(expected);
  });
});
