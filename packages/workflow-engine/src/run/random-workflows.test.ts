import { expect, test } from "@jest/globals";
import { steadyNow } from "@imagewright/node-host";
import fc from "fast-check";
import { runWorkflow } from "../index.js";
import { SimulatedDurability } from "../simulate/simulated-durability.js";
import { statusesOf } from "../testing/run-text.js";
import { testActions } from "../testing/test-actions.js";
import { checkedWorkflow, withWorkflowSteps } from "../testing/workflow-text.js";

interface RandomStep {
  readonly launches: boolean;
  readonly skipped: boolean;
  readonly fails: boolean;
  readonly onFailure: "Abort" | "Continue";
  readonly rollbackEnabled: boolean;
  readonly stuck: boolean;
}

const randomStep: fc.Arbitrary<RandomStep> = fc.record({
  launches: fc.boolean(),
  skipped: fc.nat(4).map((number) => number === 0),
  fails: fc.nat(4).map((number) => number === 0),
  onFailure: fc.constantFrom("Abort", "Continue"),
  rollbackEnabled: fc.boolean(),
  stuck: fc.nat(4).map((number) => number === 0),
});

function document(steps: readonly RandomStep[]): string {
  return withWorkflowSteps(
    steps.map(({ launches, skipped, fails, onFailure, rollbackEnabled, stuck }, index) => {
      const inputs = launches ? `size: ${stuck ? "stuck" : "big"}` : "instanceId.$: $.workflowOutputs.Id";
      const condition = skipped ? "if: { numberEquals: 1, value: 2 }, " : "";
      return `{ name: S${index}, action: ${launches ? "Launch" : "Command"}, ${condition}onFailure: ${onFailure}, rollbackEnabled: ${rollbackEnabled}, inputs: { ${inputs}${fails ? ", do: fail" : ""} } }`;
    }),
  );
}

/** Chapter 37 in a few lines: what runs, what is undone, and how all of it ends. */
function expected(steps: readonly RandomStep[]): { readonly effects: string[]; readonly ends: string[] } {
  const effects: string[] = [];
  const last = steps.findIndex((step) => step.fails && !step.skipped && step.onFailure === "Abort");
  const reached = last === -1 ? steps : steps.slice(0, last + 1);
  reached.forEach((step, index) => step.skipped || effects.push(`${step.launches ? "Launch" : "Command"} S${index}`));
  const canUndo = (step: RandomStep) => step.launches && step.rollbackEnabled;
  const undone = last === -1 ? [] : reached.filter((step) => !step.skipped && canUndo(step));
  if (last !== -1)
    for (const [index, step] of [...reached.entries()].reverse()) if (!step.skipped && canUndo(step)) effects.push(`undo Launch S${index}`);
  const status = last === -1 ? "COMPLETED" : undone.length === 0 || undone.some(({ stuck }) => stuck) ? "FAILED" : "ROLLBACK_COMPLETED";
  const ends = steps.map((step, index) => {
    if (index >= reached.length) return `S${index} CANCELLED`;
    if (step.skipped) return `S${index} SKIPPED`;
    const rollback = last === -1 ? "" : !canUndo(step) ? "/SKIPPED" : step.stuck ? "/FAILED" : "/COMPLETED";
    return `S${index} ${step.fails ? "FAILED" : "COMPLETED"}${rollback}`;
  });
  return { effects, ends: [status, ...ends] };
}

test("random workflows run, fail and are undone as chapter 37 says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(randomStep, { minLength: 1, maxLength: 15 }), async (steps) => {
      const effects: string[] = [];
      const execution = await runWorkflow({
        ...{
          workflow: checkedWorkflow(document(steps)),
          durability: new SimulatedDurability(steadyNow),
          workflowOutputs: new Map([["Id", "i-1"]]),
        },
        actions: testActions((line) => effects.push(line)),
      });
      expect({ effects, ends: [execution.status, ...statusesOf(execution)] }).toEqual(expected(steps));
      const { totalStepCount, totalStepsSucceeded, totalStepsFailed, totalStepsSkipped } = execution;
      const ended = execution.steps.filter(({ status }) => status !== "CANCELLED").length;
      expect([totalStepCount, totalStepsSucceeded + totalStepsFailed + totalStepsSkipped]).toEqual([steps.length, ended]);
    }),
    { numRuns: 300 },
  );
});
