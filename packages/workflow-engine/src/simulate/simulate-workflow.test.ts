import { expect, test } from "@jest/globals";
import { simulateWorkflow, type SimulatedOutcome } from "../index.js";
import { statusesOf } from "../testing/run-text.js";
import { testActions } from "../testing/test-actions.js";
import { checkedWorkflow, withWorkflowSteps } from "../testing/workflow-text.js";

const workflow = checkedWorkflow(
  withWorkflowSteps(
    [
      "{ name: Machine, action: Launch, inputs: { count.$: $.parameters.many } }",
      "{ name: Linux, action: Command, if: { stringEquals: Linux, value: $.imagebuilder.platform }, inputs: { instanceId.$: $.stepOutputs.Machine.instanceId, run.$: '$.stepOutputs.Machine.addresses[0]' } }",
      "{ name: Last, action: Command, timeoutSeconds: 5, inputs: { instanceId.$: $.workflowOutputs.Id } }",
    ],
    "parameters: [{ name: many, type: integer }]\n",
  ),
);

test.each<[string, Readonly<Record<string, SimulatedOutcome>>, string, ...string[]]>([
  ["everything succeeds", {}, "COMPLETED", "Machine COMPLETED", "Linux COMPLETED", "Last COMPLETED"],
  ["a step is skipped", { Linux: "skip" }, "COMPLETED", "Machine COMPLETED", "Linux SKIPPED", "Last COMPLETED"],
  ["a step fails", { Linux: "fail" }, "ROLLBACK_COMPLETED", "Machine COMPLETED/COMPLETED", "Linux FAILED/SKIPPED", "Last CANCELLED"],
  [
    "the time of a step is over",
    { Last: "time-out" },
    "ROLLBACK_COMPLETED",
    "Machine COMPLETED/COMPLETED",
    "Linux COMPLETED/SKIPPED",
    "Last FAILED/SKIPPED",
  ],
])("%s", async (_what, outcomes, status, ...steps) => {
  const execution = await simulateWorkflow({ workflow, registry: testActions(), outcomes: new Map(Object.entries(outcomes)) });
  expect([execution.status, ...statusesOf(execution)]).toEqual([status, ...steps]);
});

test("conditions are evaluated with the variables that are given", async () => {
  const execution = await simulateWorkflow({ workflow, registry: testActions(), variables: { platform: "Windows" } });
  expect(execution.steps[1]).toMatchObject({ status: "SKIPPED", message: '"Windows" is not equal to "Linux"' });
  expect(execution.steps[0]?.outputs).toBe(
    '{"instanceId":"Machine.instanceId","addresses":["Machine.addresses"],"disk":{"from":"Machine.disk"}}',
  );
});

test("samples have the parts that are asked of them, and no step fails for their form", async () => {
  const last = "instanceId.$: $.stepOutputs.Machine.instanceId";
  const inputs = [
    "run.$: '$.stepOutputs.Machine.addresses[2]'",
    "run.$: '$.stepOutputs.Machine.disk.partitions[0].name'",
    "run.$: '$.parameters.names[1]'",
    "run.$: '$.imagebuilder.securityGroups[1]'",
    "run: 'on {{ $.workflowOutputs.images[0].id }}'",
    "parameters.$: $.workflowOutputs.parameters",
    "parameters: { names.$: $.workflowOutputs.names }",
  ];
  const steps = [
    "{ name: Machine, action: Launch, inputs: { count.$: $.workflowOutputs.count } }",
    ...inputs.map((input, index) => `{ name: S${index}, action: Command, inputs: { ${last}, ${input} } }`),
    "{ name: If, action: Launch, if: { numberEquals: $.workflowOutputs.count, value: 2 } }",
    `{ name: Rest, action: Command, inputs: { ${last}, run.$: '$.stepOutputs.If.addresses[1]' } }`,
  ];
  const simulated = checkedWorkflow(withWorkflowSteps(steps, "parameters: [{ name: names, type: stringList }]\n"));
  const execution = await simulateWorkflow({ workflow: simulated, registry: testActions() });
  expect(execution.steps.slice(1, -2).map((step) => (step.inputs ?? step.message)?.replace(/^.*?,/, ""))).toEqual([
    '"run":"Machine.addresses[2]"}',
    '"run":"Machine.disk.partitions[0].name"}',
    '"run":"names[1]"}',
    '"run":"securityGroups[1]"}',
    '"run":"on images[0].id"}',
    '"parameters":"parameters"}',
    '"parameters":{"names":"names"}}',
  ]);
  expect(execution.steps.slice(-2)).toMatchObject([
    { status: "SKIPPED", message: "the condition rests on a value that is not known" },
    { status: "FAILED", message: '"$.stepOutputs.If.addresses[1]" has no value' },
  ]);
});

test("what is given is no sample", async () => {
  const step = "{ name: Machine, action: Launch, inputs: { count.$: $.workflowOutputs.count, size.$: '$.parameters.names[1]' } }";
  const simulated = checkedWorkflow(withWorkflowSteps([step], "parameters: [{ name: names, type: stringList }]\n"));
  const simulate = async (count: number, names: readonly string[]) => {
    const given = { workflowOutputs: new Map([["count", count]]), parameters: new Map([["names", names]]) };
    return (await simulateWorkflow({ workflow: simulated, registry: testActions(), ...given })).steps[0]?.message;
  };
  expect(await simulate(1, ["a"])).toBe('"$.parameters.names[1]" has no value');
  expect(await simulate(1.5, ["a", "b"])).toBe('"count" must be a whole number; found "1.5"');
  expect(await simulate(1, ["a", "b"])).toBeUndefined();
});

test("the message of a time-out has the limit of the step", async () => {
  const execution = await simulateWorkflow({ workflow, registry: testActions(), outcomes: new Map([["Last", "time-out"]]) });
  expect(JSON.stringify(execution)).not.toContain('Time":');
  expect(execution.message).toBe('step "Last" failed: the step did not end within 5 seconds');
});
