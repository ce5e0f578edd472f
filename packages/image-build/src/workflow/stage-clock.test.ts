import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { openJournal, type Durability } from "@imagewright/durability";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { BuildEvent } from "../events.js";
import { StageClock } from "./stage-clock.js";

const seconds = expect.any(Number);

/** Runs a body with a clock over a journal, as often as asked; returns the events of each run. */
async function inRuns(times: number, body: (clock: StageClock, durability: Durability) => Promise<void>): Promise<BuildEvent[][]> {
  return withTemporaryFolder(async (folder) => {
    const runs: BuildEvent[][] = [];
    for (let run = 0; run < times; run++) {
      const events: BuildEvent[] = [];
      runs.push(events);
      const journal = await openJournal(join(folder, "journal"));
      await body(new StageClock((event) => events.push(event)), journal.durability()).finally(() => journal.close());
    }
    return runs;
  });
}

test.each<[string, { failed?: boolean; detail?: string } | undefined, object]>([
  ["without a verdict", undefined, { outcome: "done" }],
  ["with a detail", { detail: "about it" }, { outcome: "done", detail: "about it" }],
  ["that is judged failed", { failed: true, detail: "why" }, { outcome: "failed", detail: "why" }],
])("a stage %s is reported at its start and end", async (_what, verdict, expected) => {
  const [events] = await inRuns(1, async (clock, durability) => {
    const judge = verdict === undefined ? {} : { judge: () => verdict };
    expect(await clock.stage(durability, "build", { title: "building", body: () => Promise.resolve(7), ...judge })).toBe(7);
  });
  expect(events).toEqual([
    { type: "stage-started", stage: "build", title: "building" },
    { type: "stage-finished", stage: "build", seconds, ...expected },
  ]);
});

test("a stage that throws has failed, and the error is rethrown", async () => {
  const [events] = await inRuns(1, async (clock, durability) => {
    const body = () => Promise.reject(new Error("broken"));
    await expect(clock.stage(durability, "commit", { title: "committing", body })).rejects.toThrow("broken");
  });
  expect(events?.at(-1)).toEqual({ type: "stage-finished", stage: "commit", outcome: "failed", seconds });
});

test("a stage that is aborted has not failed, and nothing is said of its end", async () => {
  const events: BuildEvent[] = [];
  await withTemporaryFolder(async (folder) => {
    const journal = await openJournal(join(folder, "journal"));
    const stop = new AbortController();
    const body = () => {
      stop.abort(new Error("enough"));
      return Promise.reject(new Error("broken off"));
    };
    const stage = new StageClock((event) => events.push(event)).stage(journal.durability(stop.signal), "export", {
      title: "exporting",
      body,
    });
    await expect(stage).rejects.toThrow("broken off");
    await journal.close();
  });
  expect(events).toEqual([{ type: "stage-started", stage: "export", title: "exporting" }]);
});

test("a continued build has the durations of the first time, also of branches that have ended, and reports each stage once", async () => {
  const durations: object[] = [];
  const runs = await inRuns(2, async (clock, durability) => {
    await clock.stage(durability, "launch", { title: "launching", body: () => durability.step("launch", () => sleep(20)) });
    const branches = (["test", "export"] as const).map((stage) =>
      durability.branch(stage, async (branch) => {
        const own = clock.branch();
        await own.stage(branch, stage, { title: stage, body: () => branch.step("work", () => sleep(30)) });
        return own.durations;
      }),
    );
    for (const branch of await Promise.all(branches)) clock.join(branch);
    durations.push(clock.durations);
  });
  expect(durations[0]).toEqual({ launch: seconds, test: seconds, export: seconds });
  expect(durations[1]).toEqual(durations[0]);
  for (const events of runs) {
    const finished = events.flatMap((event) => (event.type === "stage-finished" ? [event.stage] : []));
    expect(finished.sort()).toEqual(["export", "launch", "test"]);
    expect(events.filter(({ type }) => type === "stage-started")).toHaveLength(3);
  }
});

test("a skipped stage has no duration", async () => {
  const [events] = await inRuns(1, async (clock) => {
    clock.skip("test", "testing", "nothing to test");
    expect(clock.durations).toEqual({});
    return Promise.resolve();
  });
  expect(events).toEqual([
    { type: "stage-started", stage: "test", title: "testing" },
    { type: "stage-finished", stage: "test", outcome: "skipped", seconds: 0, detail: "nothing to test" },
  ]);
});
