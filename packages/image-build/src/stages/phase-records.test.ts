import { expect, test } from "@jest/globals";
import type { RunEvent } from "@imagewright/document-engine";
import { PhaseRecords } from "./phase-records.js";

test("phases have their component, steps and duration; failed steps their place", () => {
  const records = new PhaseRecords(new Map([["a.yaml", "Web"]]));
  const step = (document: string, name: string, status: string) => ({
    time: 2000,
    type: "step-finished",
    document,
    phase: "build",
    step: name,
    result: { name, status },
  });
  const events = [
    { time: 1000, type: "phase-started", document: "a.yaml", phase: "build", steps: 3 },
    step("a.yaml", "One", "success"),
    step("a.yaml", "Two", "ignoredFailure"),
    { time: 2500, type: "phase-finished", document: "a.yaml", phase: "build", status: "successWithIgnoredFailure" },
    { time: 3000, type: "phase-started", document: "b.yaml", phase: "build", steps: 2 },
    step("b.yaml", "Three", "failed"),
    { time: 3001, type: "phase-finished", document: "b.yaml", phase: "build", status: "failed" },
  ];
  for (const event of events) records.take(event as unknown as RunEvent);
  expect(records.phases).toEqual([
    { component: "Web", phase: "build", status: "successWithIgnoredFailure", steps: 2, durationSeconds: 1.5 },
    { component: "b.yaml", phase: "build", status: "failed", steps: 1, durationSeconds: 0.001 },
  ]);
  expect(records.failedSteps).toEqual([{ document: "b.yaml", phase: "build", result: { name: "Three", status: "failed" } }]);
});
