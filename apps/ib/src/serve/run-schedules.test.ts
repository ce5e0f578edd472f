import type { PipelineEvaluation } from "@imagewright/control-plane";
import { expect, test } from "@jest/globals";
import { runSchedules } from "./run-schedules.js";

const NOW = new Date("2026-11-29T10:00:00Z");
const EVALUATION: PipelineEvaluation = {
  ...{ pipeline: "p", dueAt: NOW, evaluatedAt: NOW, outcome: "skipped", reason: "r", imageArn: null, updates: [], notes: [] },
};
const probe = () => Promise.reject(new Error("nobody asks"));

type Look = "ran" | "nothing" | "failed";

/** The pauses after these looks, and what was told. `next`: milliseconds until the next pipeline is due. */
async function pausesAfter(looks: readonly Look[], next: number | undefined): Promise<{ pauses: number[]; told: string[] }> {
  const [pauses, told, left]: [number[], string[], Look[]] = [[], [], [...looks]];
  await new Promise<void>((resolve) => {
    const end = runSchedules({
      pipelines: () => ({
        runDue: () => {
          const look = left.shift();
          return look === "failed" ? Promise.reject(new Error("it is away")) : Promise.resolve(look === "ran" ? [EVALUATION] : []);
        },
        nextDue: () => Promise.resolve(next === undefined ? undefined : new Date(NOW.getTime() + next)),
      }),
      ...{ clock: () => NOW, probe, onFailure: (cause) => told.push(cause) },
      pause: (milliseconds) => {
        pauses.push(milliseconds);
        if (pauses.length === looks.length) void end().then(resolve);
        return Promise.resolve();
      },
    });
  });
  return { pauses, told };
}

test("it sleeps until the next pipeline is due, ten seconds at most; what is due is run to its end", async () => {
  expect((await pausesAfter(["nothing"], 3_000)).pauses).toEqual([3_000]);
  expect((await pausesAfter(["ran", "ran", "nothing"], 60_000)).pauses).toEqual([0, 0, 10_000]);
  expect((await pausesAfter(["nothing"], undefined)).pauses).toEqual([10_000]);
  // due, and another server has it
  expect((await pausesAfter(["nothing"], -5)).pauses).toEqual([250]);
});

test("a database that fails is told once for each reason, and asked again", async () => {
  expect(await pausesAfter(["failed", "failed", "nothing", "failed"], undefined)).toEqual({
    pauses: [1_000, 1_000, 10_000, 1_000],
    told: ["it is away", "it is away"],
  });
});

test("its end waits for the runs that have begun, and asks them to stop", async () => {
  let finish = () => {};
  const stopped: boolean[] = [];
  const end = runSchedules({
    pipelines: () => ({
      runDue: ({ signal }) =>
        new Promise((resolve) => {
          finish = () => {
            stopped.push(signal?.aborted === true);
            resolve([]);
          };
        }),
      nextDue: () => Promise.resolve(undefined),
    }),
    ...{ clock: () => NOW, probe, onFailure: () => undefined },
  });
  const ending = end().then(() => stopped.push(true));
  finish();
  await ending;
  expect(stopped).toEqual([true, true]);
});
