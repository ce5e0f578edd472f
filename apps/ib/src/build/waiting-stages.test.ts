import { expect, test } from "@jest/globals";
import { WaitingStages } from "./waiting-stages.js";

test("a build waits from the first step that waits to the end of the last", () => {
  const waiting = new WaitingStages();
  const seen: boolean[] = [];
  const take = (...event: Parameters<WaitingStages["take"]>) => {
    waiting.take(...event);
    seen.push(waiting.isWaiting);
  };
  take({ type: "stage-started", stage: "a: Approve", title: "Approve" });
  const of = { workflowExecutionId: "wf-1", workflowType: "BUILD", stepExecutionId: "step-1", stepName: "Approve" } as const;
  take({ type: "waiting", stage: "a: Approve", step: "Approve", of });
  take({ type: "waiting", stage: "b: Approve", step: "Approve", of });
  take({ type: "stage-finished", stage: "a: Approve", outcome: "done", seconds: 1 });
  take({ type: "stage-finished", stage: "export", outcome: "done", seconds: 1 });
  take({ type: "stage-finished", stage: "b: Approve", outcome: "failed", seconds: 1 });
  expect(seen).toEqual([false, true, true, true, true, false]);
});
