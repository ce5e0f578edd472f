import { SourceFile } from "@imagewright/diagnostics";
import { expect, test } from "@jest/globals";
import { bindWorkflowParameters, checkGivenParameters, checkWorkflow } from "../index.js";
import { testActions } from "../testing/test-actions.js";
import { reportedOf, withWorkflowSteps } from "../testing/workflow-text.js";

const LAUNCH = "{ name: Machine, action: Launch }";
const command = (inputs: string) => `{ name: Say, action: Command, inputs: { instanceId.$: $.stepOutputs.Machine.instanceId, ${inputs} } }`;
const launch = (inputs: string) => `{ name: Again, action: Launch, inputs: { ${inputs} } }`;
const step = (condition: string) => `{ name: Again, action: Launch, if: ${condition} }`;

test.each<[string, string, string, ...string[]]>([
  ["a default that the input takes", "{ name: many, type: integer, default: 2 }", launch("count.$: $.parameters.many")],
  [
    "an empty text where one is needed",
    '{ name: id, default: "" }',
    "{ name: Say, action: Command, inputs: { instanceId.$: $.parameters.id } }",
    '4:59 warning parameter-value: the default of parameter "id" is not allowed here: "instanceId" must not be empty',
  ],
  ["items of a list", "{ name: all, type: stringList, default: [a, b] }", command("run.$: '$.parameters.all[1]'")],
  [
    "an item that the list does not have",
    "{ name: all, type: stringList, default: [a, b] }",
    command("run.$: '$.parameters.all[2]'"),
    '4:100 warning parameter-value: the default of parameter "all" has no such item',
  ],
  ["a list in a mapping", "{ name: all, type: stringList, default: [a] }", command("parameters: { names.$: $.parameters.all }")],
  [
    "another type than the place takes is reported once",
    "{ name: size, default: x }",
    launch("count.$: $.parameters.size"),
    '4:55 wrong-type: "count" must be a whole number; "$.parameters.size" is a text',
  ],
  [
    "a text that is no number",
    "{ name: many, default: some }",
    step("{ numberGreaterThan: 1, value: $.parameters.many }"),
    '4:71 warning parameter-value: the default of parameter "many" cannot be compared by "numberGreaterThan"; found "some"',
  ],
  [
    "a text that is not true or false",
    "{ name: flag, default: yes }",
    step("{ not: { booleanEquals: $.parameters.flag, value: true } }"),
    '4:64 warning parameter-value: the default of parameter "flag" cannot be compared by "booleanEquals"; found "yes"',
  ],
  ["texts that are", "{ name: n, default: '-1.5' }, { name: f, default: 'True' }", step("{ numberEquals: $.parameters.n, value: 1 }")],
  [
    "a reference in a default",
    "{ name: image, default: $.imagebuilder.imageId }, { name: all, type: stringList, default: ['x {{ $.parameters.image }}'] }",
    command("run.$: $.parameters.image"),
    '5:38 warning reference-in-default: the default of parameter "image" stays as it is: "$.imagebuilder.imageId" is not followed in a default',
    '5:104 warning reference-in-default: the default of parameter "all" stays as it is: "$.parameters.image" is not followed in a default',
  ],
])("defaults: %s", (_what, parameters, used, ...expected) =>
  expect(reportedOf(withWorkflowSteps([LAUNCH, used], `parameters: [${parameters}]\n`))).toEqual(expected),
);

test("values that are given are checked where they are used, with the defaults of the others", () => {
  const registry = testActions();
  const steps = ["{ name: Say, action: Command, inputs: { instanceId.$: $.parameters.id, run.$: $.parameters.what } }"];
  const text = withWorkflowSteps(steps, 'parameters: [{ name: id }, { name: what, default: "" }]\n');
  const { document } = checkWorkflow(new SourceFile("f.yaml", text), { registry });
  if (document === undefined) throw new Error("no document");
  const given = (id: string) => {
    const { values } = bindWorkflowParameters(document, new Map([["id", [id]]]));
    return checkGivenParameters(document, registry, values).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  };
  expect(given("i-1")).toEqual([]);
  expect(given("")).toEqual(['error parameter-value: the value of parameter "id" is not allowed here: "instanceId" must not be empty']);
});
