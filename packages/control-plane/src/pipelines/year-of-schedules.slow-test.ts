// A year of 1,000 pipelines through the code that servers run, on a real database, with a clock of the test's own.
import { beforeAll, expect, test } from "@jest/globals";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";
import { expressionOf, slowRuns, type SlowCron } from "../testing/slow-schedules.js";

const scene = new Scene();
const PIPELINES = 1000;
const [FROM, UNTIL] = [Date.UTC(2027, 0, 1), Date.UTC(2028, 0, 1)];
const DAY = 24 * 3_600_000;
// half an hour of summer time, changes at midnight, changes on other days than Europe's, none
const ZONES = "UTC Europe/Berlin America/New_York Australia/Lord_Howe Asia/Kolkata America/Santiago Africa/Cairo Pacific/Auckland".split(
  " ",
);
const EVERY_DAY = Array.from({ length: 31 }, (_, day) => day + 1);
// clocks are changed in these months
const MONTHS = [[3], [4], [9], [10], [11], [3, 10], [4, 11]] as const;

/** In the nights, since clocks are changed then; one of a hundred on each day of two months, the others some times in the year. */
function scheduleAt(index: number): SlowCron {
  const [zone = "UTC", months = [3]] = [ZONES[index % ZONES.length], MONTHS[index % MONTHS.length]];
  const at = { zone, months, minute: (index * 7) % 60, hours: [index % 4] };
  if (index % 100 < ZONES.length && index % 3 === 0) return { ...at, hours: [0, 1, 2, 3], days: EVERY_DAY };
  return index % 2 === 0 ? { ...at, weekdays: [1 + (index % 7)] } : { ...at, days: [1 + (index % 28), 28] };
}

const SCHEDULES = Array.from({ length: PIPELINES }, (_, index) => scheduleAt(index));
const arnAt = (index: number) => `${ARN}image-pipeline/pipeline-${index}`;

beforeAll(async () => {
  scene.now = FROM - 1;
  await storePipelineSources(scene);
  for (const [index, schedule] of SCHEDULES.entries())
    await scene.call(
      "CreateImagePipeline",
      pipelineInput(`pipeline-${index}`, { schedule: { scheduleExpression: expressionOf(schedule), timezone: schedule.zone } }),
    );
  // each has a build, so that what is left is to look for updates, of which there are none
  const uses = { versions: {}, contents: {} };
  await scene.pool.query("update image_pipeline_state set last_run_at = $1, run_uses = $2, build_uses = $2", [new Date(FROM - 1), uses]);
});

/** Runs what is due, as a server that looks every ten seconds, until an instant. */
async function runUntil(end: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  for (;;) {
    const next = await scene.plane.pipelines.nextDue();
    if (next === undefined || next.getTime() >= end) return found;
    scene.now = next.getTime() + ((next.getTime() / 60_000) % 10) * 1000;
    for (const { pipeline, dueAt, outcome } of await scene.plane.pipelines.runDue({ most: PIPELINES })) {
      expect([pipeline, outcome, Math.floor((scene.now - dueAt.getTime()) / 60_000)]).toEqual([pipeline, "skipped", 0]);
      found.set(pipeline, [...(found.get(pipeline) ?? []), dueAt.getTime()]);
    }
  }
}

test("PIP-017, SCH-002: each run of a year is evaluated once, in its minute, as a search through all minutes says", async () => {
  const found = await runUntil(UNTIL);
  const expected = slowRuns(SCHEDULES, FROM, UNTIL);
  expect(expected.flat().length).toBeGreaterThan(7 * PIPELINES);
  for (const [index, runs] of expected.entries()) expect([index, found.get(arnAt(index)) ?? []]).toEqual([index, runs]);
});

test("SCH-012: after months of sleep each pipeline has one run, and says which it has missed", async () => {
  scene.now = UNTIL + 100 * DAY;
  const expected = slowRuns(SCHEDULES, UNTIL, scene.now + 1);
  const evaluations = await scene.plane.pipelines.runDue({ most: PIPELINES });
  const of = (outcome: string) => new Map(evaluations.filter((one) => one.outcome === outcome).map((one) => [one.pipeline, one]));
  const [run, missed] = [of("skipped"), of("missed")];
  for (const [index, runs] of expected.entries()) {
    expect([index, run.get(arnAt(index))?.dueAt.getTime()]).toEqual([index, runs.at(-1)]);
    const count = runs.length > 1 ? `${runs.length - 1} ` : undefined;
    expect([index, /^\d+ /.exec(missed.get(arnAt(index))?.reason ?? "")?.[0]]).toEqual([index, count]);
  }
  expect(await scene.plane.pipelines.runDue({ most: PIPELINES })).toEqual([]);
});
