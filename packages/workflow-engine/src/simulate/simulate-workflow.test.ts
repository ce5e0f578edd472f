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

test("the message of a time-out has the limit of the step", async () => {
  const execution = await simulateWorkflow({ workflow, registry: testActions(), outcomes: new Map([["Last", "time-out"]]) });
  expect(JSON.stringify(execution)).not.toContain('Time":');
  expect(execution.message).toBe('step "Last" failed: the step did not end within 5 seconds');
});
