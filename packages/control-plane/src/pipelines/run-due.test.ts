import { beforeAll, describe, expect, test } from "@jest/globals";
import type { PipelineEvaluation } from "../index.js";
import { getPipeline, pipelineInput, storePipelineSources, updatePipeline } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";

const scene = new Scene();
const createdAt = scene.now;
const HOUR = 60 * 60_000;
beforeAll(() => storePipelineSources(scene));

const EACH = { pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" };
const hourly = { scheduleExpression: "cron(0 * * * ? *)", ...EACH };
const create = (name: string, more: object = {}) => scene.call("CreateImagePipeline", pipelineInput(name, { schedule: hourly, ...more }));
const run = (most = 100, plane = scene.plane) => plane.pipelines.runDue({ most });
const told = (evaluations: readonly PipelineEvaluation[]) =>
  evaluations.map(({ pipeline, outcome, dueAt }) => `${pipeline.split("/")[1] ?? ""} ${outcome} ${dueAt.toISOString().slice(11, 16)}`);
const end = async (evaluations: readonly PipelineEvaluation[], status: "AVAILABLE" | "FAILED" = "AVAILABLE") => {
  for (const { imageArn } of evaluations)
    if (imageArn !== null) for (const next of ["CREATING", status] as const) await scene.plane.images.transition(imageArn, next);
};
const stop = () => scene.pool.query("update image_pipeline_state set next_at = null");
const numberOfImages = async () => (await scene.pool.query("select from resource where kind = 'image'")).rowCount;
const ifDueNow = async (name: string) => (await scene.plane.pipelines.explain({ nameOrArn: name, most: 5 })).ifDueNow;

describe("pipelines that are due", () => {
  test("PIP-017, PIP-018: nothing runs before its time; then the earliest first, once", async () => {
    for (const name of ["hourly", "other"]) await create(name);
    await create("off", { status: "DISABLED" });
    await create("half", { schedule: { ...hourly, scheduleExpression: "cron(30 * * * ? *)" } });
    expect((await scene.pool.query("select from resource where kind = 'image'")).rowCount).toBe(0);
    expect(await scene.plane.pipelines.nextDue()).toEqual(new Date(createdAt + HOUR / 2));
    scene.now = createdAt + HOUR / 2 - 1;
    expect(await run()).toEqual([]);
    scene.now = createdAt + HOUR;
    expect(told(await run(1))).toEqual(["half built 10:30"]);
    expect(told(await run()).sort()).toEqual(["hourly built 11:00", "other built 11:00"]);
    expect(await run()).toEqual([]);
    expect((await getPipeline(scene, "hourly"))?.dateNextRun).toBe("2026-11-29T12:00:00.000Z");
    await stop();
  });

  test("PIP-011: scheduled images have the tags of the pipeline's imageTags, and say that they are scheduled", async () => {
    await create("tagged", { imageTags: { by: "schedule" }, tags: { of: "pipeline" } });
    scene.now += HOUR;
    const [evaluation] = await run();
    const { image } = await scene.call("GetImage", { imageBuildVersionArn: evaluation?.imageArn });
    expect(image).toMatchObject({ tags: { by: "schedule" }, buildType: "SCHEDULED", sourcePipelineArn: `${ARN}image-pipeline/tagged` });
    expect(image?.state?.status).toBe("PENDING");
    const { rows } = await scene.pool.query("select resources from event_outbox where subject = $1", [evaluation?.imageArn]);
    expect(rows).toEqual([{ resources: [evaluation?.imageArn, `${ARN}image-pipeline/tagged`] }]);
    await stop();
  });

  test("SCH-008: EXPRESSION_MATCH_ONLY builds each time; SCH-010: a run that is skipped makes no image, and is told", async () => {
    await create("always");
    await create("updates", { schedule: { scheduleExpression: hourly.scheduleExpression } });
    const outcomes: string[][] = [];
    for (let hour = 0; hour < 2; hour += 1) {
      scene.now += HOUR;
      const evaluations = await run();
      outcomes.push(
        evaluations.map(({ outcome, reason, imageArn }) => `${outcome}: ${reason}: ${imageArn === null ? "no " : ""}image`).sort(),
      );
      await end(evaluations);
    }
    const each = "built: the start condition asks for every scheduled run: image";
    expect(outcomes).toEqual([
      ["built: the pipeline has never run: image", each],
      [each, "skipped: neither the base image nor a component has an update: no image"],
    ]);
    await stop();
  });

  test("a database that fails leaves the run due", async () => {
    await create("broken");
    scene.now += HOUR;
    await scene.pool.query("alter table pipeline_evaluation add constraint no_room check (outcome = 'none') not valid");
    await expect(run()).rejects.toThrow("no_room");
    expect((await scene.pool.query("select from resource where arn like '%image-pipeline/broken'")).rowCount).toBe(1);
    await scene.pool.query("alter table pipeline_evaluation drop constraint no_room");
    expect(told(await run())).toEqual(["broken built 15:00"]);
    expect(await scene.plane.pipelines.explain({ nameOrArn: "broken", most: 5 })).toMatchObject({ evaluations: [{ outcome: "built" }] });
    await stop();
  });
});

describe("SCH-013: a run that comes due while the image of the last scheduled one has not ended", () => {
  test("is skipped, and told; a run by hand does not count", async () => {
    await create("slow");
    await scene.call("StartImagePipelineExecution", { imagePipelineArn: `${ARN}image-pipeline/slow` });
    scene.now += HOUR;
    const [first] = await run();
    expect(first?.outcome).toBe("built");
    scene.now += HOUR;
    const reason = `the image of the last scheduled run, ${first?.imageArn ?? ""}, has not ended; it is PENDING`;
    expect(await ifDueNow("slow")).toEqual({ outcome: "skipped", reason, updates: [], notes: [] });
    expect(await run()).toMatchObject([{ outcome: "skipped", reason, imageArn: null }]);
    if (first !== undefined) await end([first]);
    scene.now += HOUR;
    expect(told(await run())).toEqual(["slow built 18:00"]);
    await stop();
  });
});

describe("SCH-012: runs that came due while no server ran", () => {
  test("are one, that which was due last; the others are told", async () => {
    await create("asleep");
    scene.now += 25 * HOUR + 1;
    const evaluations = await run();
    expect(told(evaluations)).toEqual(["asleep missed 19:00", "asleep built 19:00"]);
    expect(evaluations[0]?.reason).toBe(
      "24 runs from 2026-11-29T19:00:00.000Z to 2026-11-30T18:00:00.000Z were missed, since no server ran them; " +
        "the run of 2026-11-30T19:00:00.000Z is in their place",
    );
    await end(evaluations);
    expect(await run()).toEqual([]);
    scene.now += HOUR;
    expect(told(await run())).toEqual(["asleep built 20:00"]);
    await stop();
  });

  test("a single one, and very many", async () => {
    await create("one");
    await create("many", { schedule: { scheduleExpression: "rate(1 minute)", ...EACH } });
    scene.now += 2 * HOUR;
    const reasons = (await run()).filter(({ outcome }) => outcome === "missed").map(({ reason }) => reason);
    expect(reasons.sort()).toEqual([
      expect.stringMatching(/^1 run of 2026-11-30T21:00:00\.000Z was missed, since no server ran it; the run of 2026-11-30T22/),
      expect.stringMatching(/^120 runs from 2026-11-30T20:00:00\.001Z to 2026-11-30T21:59/),
    ]);
    scene.now += 24 * HOUR;
    expect((await run()).map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/^more than 1000 runs from/));
    await stop();
  });
});

describe("a run that cannot be started", () => {
  test("PIP-008, PIP-009: is a failed one with its reason, waits for its next time, and keeps no other from its run", async () => {
    await create("sound");
    await create("doomed", { schedule: { ...hourly, autoDisablePolicy: { failureCount: 2 } } });
    await scene.pool.query("update resource set detail = detail || $1 where slug = 'doomed' and kind = 'image-pipeline'", [
      { infrastructureConfigurationArn: `${ARN}infrastructure-configuration/gone` },
    ]);
    scene.now += HOUR;
    const reason = `the image could not be started: ResourceNotFoundException: Resource of type 'InfrastructureConfiguration' with identifier '${ARN}infrastructure-configuration/gone' cannot be found.`;
    expect(await ifDueNow("doomed")).toMatchObject({ outcome: "failed", reason });
    const evaluations = await run();
    expect(told(evaluations).sort()).toEqual([expect.stringMatching(/^doomed failed/), expect.stringMatching(/^sound built/)]);
    expect(evaluations.find(({ outcome }) => outcome === "failed")).toMatchObject({ reason, notes: [] });
    expect(await run()).toEqual([]);
    expect(await getPipeline(scene, "doomed")).toMatchObject({ consecutiveFailures: 1, status: "ENABLED" });
    await end(evaluations);
    scene.now += HOUR;
    const notes = ["2 scheduled builds in a row failed; the pipeline is disabled at 2"];
    expect((await run()).find(({ outcome }) => outcome === "failed")).toMatchObject({ notes });
    expect(await getPipeline(scene, "doomed")).toMatchObject({ consecutiveFailures: 2, status: "DISABLED" });
    expect((await getPipeline(scene, "doomed"))?.dateNextRun).toBeUndefined();
    await updatePipeline(scene, "doomed", { schedule: hourly });
    expect(await getPipeline(scene, "doomed")).toMatchObject({ consecutiveFailures: 0, status: "ENABLED" });
    await stop();
  });

  test("nothing of it is left: not the image, not its number", async () => {
    await create("over-quota");
    scene.now += HOUR;
    scene.quotas = { resources: { image: 0 } };
    const strict = await scene.open();
    scene.quotas = {};
    const before = (await scene.pool.query("select from resource where kind = 'image'")).rowCount;
    expect(await run(100, strict)).toMatchObject([{ outcome: "failed", reason: expect.stringContaining("ServiceQuotaExceededException") }]);
    expect((await scene.pool.query("select from resource where kind = 'image'")).rowCount).toBe(before);
    scene.now += HOUR;
    expect(told(await run())).toEqual([expect.stringMatching(/^over-quota built/)]);
    await stop();
  });

  test("also where the database refuses a part of it, after the image was stored", async () => {
    await create("half-started");
    scene.now += HOUR;
    const before = await numberOfImages();
    await scene.pool.query("alter table event_outbox add constraint no_events check (type = 'none') not valid");
    expect(await run()).toMatchObject([{ outcome: "failed", reason: expect.stringContaining("no_events") }]);
    expect(await numberOfImages()).toBe(before);
    expect(await getPipeline(scene, "half-started")).toMatchObject({ consecutiveFailures: 1 });
    await scene.pool.query("alter table event_outbox drop constraint no_events");
    scene.now += HOUR;
    expect(await run()).toMatchObject([{ outcome: "built", imageArn: `${ARN}image/web/1.0.0/${(before ?? 0) + 1}` }]);
    await stop();
  });

  test("a schedule that cannot be read ends, and is told", async () => {
    await create("unreadable");
    await scene.pool.query(
      `update resource set detail = jsonb_set(detail, '{schedule,timezone}', '"Europe/Atlantis"') where slug = 'unreadable'`,
    );
    scene.now += HOUR;
    const [evaluation] = await run();
    expect(evaluation).toMatchObject({ outcome: "failed", notes: ["the pipeline has no further run until its schedule is set again"] });
    expect(evaluation?.reason).toContain("Europe/Atlantis");
    scene.now += HOUR;
    expect(await run()).toEqual([]);
  });

  test("a recipe that is gone is the reason", async () => {
    await create("orphan", { schedule: { scheduleExpression: hourly.scheduleExpression } });
    await scene.pool.query("update resource set detail = detail || $1 where slug = 'orphan' and kind = 'image-pipeline'", [
      { imageRecipeArn: `${ARN}image-recipe/gone/1.0.0` },
    ]);
    scene.now += HOUR;
    expect(await run()).toMatchObject([{ outcome: "failed", reason: expect.stringContaining("ImageRecipe") }]);
    await stop();
  });
});
