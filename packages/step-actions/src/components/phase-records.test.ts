import { expect, test } from "@jest/globals";
import type { AgentEvent } from "@imagewright/agent-protocol";
import { PhaseRecords } from "./phase-records.js";

/** The records of events, whose times are seconds. */
function record(events: readonly object[]) {
  const records = new PhaseRecords(
    new Map([
      ["a.yaml", "Web"],
      ["inner.yaml", "Not this"],
    ]),
  );
  for (const event of events) records.take({ depth: 0, ...event } as unknown as AgentEvent);
  return records;
}

const phase = (document: string, time: number, rest = {}) => ({
  time,
  type: "phase-started",
  document,
  phase: "build",
  key: document,
  steps: 3,
  ...rest,
});
const end = (document: string, time: number, status: string, rest = {}) => ({
  time,
  type: "phase-finished",
  document,
  phase: "build",
  key: document,
  status,
  ...rest,
});
const step = (document: string, name: string, status: string, rest = {}) => ({
  ...{ time: 2000, type: "step-finished", document, phase: "build", step: name, key: `${document}/${name}`, result: { status } },
  ...rest,
});

test("phases have their component, steps and duration; failed steps their place", () => {
  const { phases, failedSteps } = record([
    ...[phase("a.yaml", 1000), step("a.yaml", "One", "success"), step("a.yaml", "Two", "ignoredFailure")],
    ...[
      end("a.yaml", 2500, "successWithIgnoredFailure"),
      phase("b.yaml", 3000),
      step("b.yaml", "Three", "failed"),
      end("b.yaml", 3001, "failed"),
    ],
  ]);
  expect(phases).toEqual([
    { component: "Web", phase: "build", status: "successWithIgnoredFailure", steps: 2, durationSeconds: 1.5 },
    { component: "b.yaml", phase: "build", status: "failed", steps: 1, durationSeconds: 0.001 },
  ]);
  expect(failedSteps).toEqual([{ document: "b.yaml", phase: "build", result: { name: "Three", status: "failed" } }]);
});

test("the phases of nested documents are no phases of a component, and their steps and times not those of the outer phase", () => {
  const nested = { depth: 1, parent: "a.yaml/Two" };
  const { phases, failedSteps } = record([
    ...[phase("a.yaml", 1000), step("a.yaml", "One", "success")],
    ...[phase("inner.yaml", 4000, nested), step("inner.yaml", "X", "success", nested), step("inner.yaml", "Y", "failed", nested)],
    ...[end("inner.yaml", 4500, "failed", nested), step("a.yaml", "Two", "failed"), end("a.yaml", 6000, "failed")],
  ]);
  expect(phases).toEqual([{ component: "Web", phase: "build", status: "failed", steps: 2, durationSeconds: 5 }]);
  expect(failedSteps.map(({ document, result }) => `${document} ${result.name}`)).toEqual(["inner.yaml Y", "a.yaml Two"]);
});

test("a phase that a restart interrupts is one phase, from its first start", () => {
  const { phases } = record([
    ...[{ time: 0, type: "run-started" }, phase("a.yaml", 1000), step("a.yaml", "One", "success")],
    ...[{ time: 9000, type: "run-resumed" }, phase("a.yaml", 9000), step("a.yaml", "Two", "success"), end("a.yaml", 11_000, "success")],
    ...[{ time: 12_000, type: "run-started" }, phase("a.yaml", 12_000), end("a.yaml", 12_500, "success")],
  ]);
  expect(phases.map(({ steps, durationSeconds }) => [steps, durationSeconds])).toEqual([
    [2, 10],
    [0, 0.5],
  ]);
});
