import { beforeAll, describe, expect, test } from "@jest/globals";
import { getPipeline, pipelineInput, START_CONDITION, storePipelineSources, updatePipeline } from "../../testing/pipeline-sources.js";
import { Scene } from "../../testing/scene.js";

const scene = new Scene();
beforeAll(() => storePipelineSources(scene));
const createdAt = "2026-11-29T10:00:00.000Z";

describe("schedules", () => {
  const nextRun = async (name: string) => (await getPipeline(scene, name))?.dateNextRun;
  const due = async (name: string) =>
    (
      await scene.pool.query<{ next_at: Date | null }>(
        "select next_at from image_pipeline_state join resource on id = resource_id where slug = $1",
        [name],
      )
    ).rows[0]?.next_at?.toISOString();

  test("PIP-007: the next run follows the clock, in the time zone of the schedule", async () => {
    const schedule = { scheduleExpression: "cron(30 2 * * ? *)", timezone: "Europe/Berlin" };
    await scene.call("CreateImagePipeline", pipelineInput("nightly", { schedule }));
    expect([await nextRun("nightly"), await due("nightly")]).toEqual(["2026-11-30T01:30:00.000Z", "2026-11-30T01:30:00.000Z"]);
    scene.now = Date.parse("2027-03-27T12:00:00Z"); // 02:30 is skipped the next day
    expect([await nextRun("nightly"), await due("nightly")]).toEqual(["2027-03-29T00:30:00.000Z", "2026-11-30T01:30:00.000Z"]);
    scene.now = Date.parse(createdAt);
  });

  test("SCH-001, SCH-007: UTC is the time zone of one that names none, and it builds for updates only", async () => {
    await scene.call("CreateImagePipeline", pipelineInput("utc", { schedule: { scheduleExpression: "cron(0 8 * * ? *)" } }));
    expect((await getPipeline(scene, "utc"))?.schedule).toEqual({
      ...{ scheduleExpression: "cron(0 8 * * ? *)", timezone: "UTC", pipelineExecutionStartCondition: START_CONDITION },
    });
    expect(await nextRun("utc")).toBe("2026-11-30T08:00:00.000Z");
  });

  test("SCH-005: a rate counts from when it was set, and goes on through updates that keep it", async () => {
    const schedule = { scheduleExpression: "rate(2 hours)" };
    await scene.call("CreateImagePipeline", pipelineInput("often", { schedule }));
    expect([await nextRun("often"), await due("often")]).toEqual([createdAt, createdAt]);
    scene.now += 60 * 60_000;
    expect(await nextRun("often")).toBe("2026-11-29T12:00:00.000Z");
    await updatePipeline(scene, "often", { schedule: { ...schedule, pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" } });
    expect([await nextRun("often"), await due("often")]).toEqual(["2026-11-29T12:00:00.000Z", "2026-11-29T12:00:00.000Z"]);
    await updatePipeline(scene, "often", { schedule: { scheduleExpression: "rate(3 hours)" } });
    scene.now += 1;
    expect(await nextRun("often")).toBe("2026-11-29T14:00:00.000Z");
    scene.now = Date.parse(createdAt);
  });

  test("PIP-002: a disabled pipeline and one without a schedule have no next run", async () => {
    const schedule = { scheduleExpression: "cron(0 8 * * ? *)" };
    await scene.call("CreateImagePipeline", pipelineInput("off", { schedule, status: "DISABLED" }));
    expect([await nextRun("off"), await due("off")]).toEqual([undefined, undefined]);
    await updatePipeline(scene, "off", { schedule });
    expect([await nextRun("off"), await due("off")]).toEqual(["2026-11-30T08:00:00.000Z", "2026-11-30T08:00:00.000Z"]);
    await updatePipeline(scene, "off");
    expect([await nextRun("off"), await due("off"), (await getPipeline(scene, "off"))?.schedule]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("one that never matches has no next run", async () => {
    await scene.call("CreateImagePipeline", pipelineInput("never", { schedule: { scheduleExpression: "cron(0 0 31 2 ? *)" } }));
    expect([await nextRun("never"), await due("never")]).toEqual([undefined, undefined]);
  });
});
