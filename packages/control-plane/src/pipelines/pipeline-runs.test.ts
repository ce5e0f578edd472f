import { beforeAll, describe, expect, test } from "@jest/globals";
import { getPipeline, pipelineInput, storePipelineSources, updatePipeline } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";
import { contextOn } from "../testing/stored-resource.js";
import { recordRunEnd, takeDuePipelines, type DuePipeline } from "./pipeline-runs.js";

const scene = new Scene();
const createdAt = scene.now;
const HOUR = 60 * 60_000;
beforeAll(() => storePipelineSources(scene));

const schedule = { scheduleExpression: "cron(0 * * * ? *)" };
const create = (name: string, more: object = {}) => scene.call("CreateImagePipeline", pipelineInput(name, { schedule, ...more }));
const told = (due: readonly DuePipeline[]) => due.map(({ pipeline, at }) => `${pipeline.slug} ${at.toISOString().slice(11, 16)}`);
const take = (most = 10) => {
  const { database, now } = contextOn(scene);
  return database.transaction().execute(async (transaction) => told(await takeDuePipelines({ database: transaction, now }, most)));
};

describe("pipelines that are due", () => {
  test("are handed over once, the earliest first; runs that were missed are one", async () => {
    for (const name of ["hourly", "other"]) await create(name);
    await create("off", { status: "DISABLED" });
    await create("half", { schedule: { scheduleExpression: "cron(30 * * * ? *)" } });
    scene.now = createdAt + HOUR / 2 - 1;
    expect(await take()).toEqual([]);
    scene.now = createdAt + 3 * HOUR;
    expect(await take(1)).toEqual(["half 10:30"]);
    expect((await take()).sort()).toEqual(["hourly 11:00", "other 11:00"]);
    expect(await take()).toEqual([]);
    expect((await getPipeline(scene, "hourly"))?.dateNextRun).toBe("2026-11-29T14:00:00.000Z");
    scene.now += HOUR;
    expect((await take()).sort()).toEqual(["half 13:30", "hourly 14:00", "other 14:00"]);
  });

  test("are handed over to one of two transactions, and stay due if it fails", async () => {
    scene.now += HOUR;
    const { database, now } = contextOn(scene);
    const failing = database.transaction().execute(async (first) => {
      const [taken, others] = [await takeDuePipelines({ database: first, now }, 2), await take()];
      expect([taken.length, others.length]).toEqual([2, 1]);
      throw new Error("it could not be started");
    });
    await expect(failing).rejects.toThrow("it could not be started");
    expect(await take()).toHaveLength(2);
  });
});

describe("failures", () => {
  const arn = `${ARN}image-pipeline/failing`;
  const ended = (hasSucceeded: boolean, isScheduled = true, begunAt = new Date(scene.now)) =>
    recordRunEnd(contextOn(scene), { arn, begunAt, isScheduled, hasSucceeded });
  const state = async () => {
    const { consecutiveFailures, status, dateNextRun } = (await getPipeline(scene, "failing")) ?? {};
    return [consecutiveFailures, status, dateNextRun !== undefined];
  };

  test("of scheduled runs in a row disable a pipeline; successes, also by hand, and updates begin anew", async () => {
    await create("failing", { schedule: { ...schedule, autoDisablePolicy: { failureCount: 3 } } });
    await ended(false);
    await ended(false);
    expect(await state()).toEqual([2, "ENABLED", true]);
    await ended(false, false);
    expect(await state()).toEqual([2, "ENABLED", true]);
    await ended(true, false);
    expect(await state()).toEqual([0, "ENABLED", true]);
    for (let failures = 0; failures < 3; failures += 1) await ended(false);
    expect(await state()).toEqual([3, "DISABLED", false]);
    scene.now += 24 * HOUR;
    expect(await take()).not.toContain("failing");
    await updatePipeline(scene, "failing", { schedule });
    expect(await state()).toEqual([0, "ENABLED", true]);
  });

  test("disable it after five if its schedule does not say", async () => {
    for (let failures = 0; failures < 4; failures += 1) await ended(false);
    expect(await state()).toEqual([4, "ENABLED", true]);
    await ended(false);
    expect(await state()).toEqual([5, "DISABLED", false]);
  });

  test("of a deleted pipeline do not count for the next one of its name", async () => {
    await scene.call("DeleteImagePipeline", { imagePipelineArn: arn });
    await ended(false);
    const begunAt = new Date(scene.now);
    scene.now += 1;
    await create("failing");
    await ended(false, true, begunAt);
    expect(await state()).toEqual([0, "ENABLED", true]);
  });
});
