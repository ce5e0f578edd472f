import { expect, test } from "@jest/globals";
import type { BuildEvent } from "../events.js";
import { StageClock } from "./stage-clock.js";

function clock() {
  const events: BuildEvent[] = [];
  return { events, clock: new StageClock((event) => events.push(event)) };
}
const seconds = expect.any(Number);

test.each<[string, { failed?: boolean; detail?: string } | undefined, object]>([
  ["without a verdict", undefined, { outcome: "done" }],
  ["with a detail", { detail: "about it" }, { outcome: "done", detail: "about it" }],
  ["that is judged failed", { failed: true, detail: "why" }, { outcome: "failed", detail: "why" }],
])("a stage %s is reported at its start and end", async (_what, verdict, expected) => {
  const { events, clock: stages } = clock();
  expect(await stages.run("build", "building", () => Promise.resolve(7), verdict && (() => verdict))).toBe(7);
  expect(events).toEqual([
    { type: "stage-started", stage: "build", title: "building" },
    { type: "stage-finished", stage: "build", seconds, ...expected },
  ]);
});

test("a stage that throws has failed, and the error is rethrown", async () => {
  const { events, clock: stages } = clock();
  await expect(stages.run("commit", "committing", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(events.at(-1)).toEqual({ type: "stage-finished", stage: "commit", outcome: "failed", seconds });
});

test("durations have the stages that ran, in seconds; skipped ones have none", async () => {
  const { events, clock: stages } = clock();
  const start = performance.now();
  await stages.run("launch", "launching", () => new Promise((resolve) => setTimeout(resolve, 20)));
  const longest = (performance.now() - start) / 1_000;
  stages.skip("test", "testing", "nothing to test");
  await stages.run("export", "exporting", () => Promise.reject(new Error("broken"))).catch(() => undefined);
  expect(stages.durations).toEqual({ launch: seconds, export: seconds });
  expect(stages.durations["launch"]).toBeGreaterThanOrEqual(0.015);
  expect(stages.durations["launch"]).toBeLessThanOrEqual(longest + 0.001);
  expect(events[3]).toEqual({ type: "stage-finished", stage: "test", outcome: "skipped", seconds: 0, detail: "nothing to test" });
});
