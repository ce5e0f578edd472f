import { beforeAll, expect, test } from "@jest/globals";
import { getPipeline, pipelineInput, storePipelineSources, updatePipeline } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";
import { contextOn } from "../testing/stored-resource.js";
import { recordRunEnd } from "./run-record.js";

const scene = new Scene();
const HOUR = 60 * 60_000;
beforeAll(() => storePipelineSources(scene));

const schedule = { scheduleExpression: "cron(0 * * * ? *)" };
const arn = `${ARN}image-pipeline/failing`;
const create = (more: object = {}) => scene.call("CreateImagePipeline", pipelineInput("failing", { schedule, ...more }));
const ended = (hasSucceeded: boolean, isScheduled = true, begunAt = new Date(scene.now)) =>
  recordRunEnd(contextOn(scene), { arn, image: { id: "0", created_at: begunAt }, isScheduled, hasSucceeded });
const state = async () => {
  const { consecutiveFailures, status, dateNextRun } = (await getPipeline(scene, "failing")) ?? {};
  return [consecutiveFailures, status, dateNextRun !== undefined];
};

test("PIP-008: scheduled runs that fail in a row disable a pipeline; successes, also by hand, and updates begin anew", async () => {
  await create({ schedule: { ...schedule, autoDisablePolicy: { failureCount: 3 } } });
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
  expect(await scene.plane.pipelines.runDue({ most: 10 })).toEqual([]);
  await updatePipeline(scene, "failing", { schedule });
  expect(await state()).toEqual([0, "ENABLED", true]);
});

test("PIP-009: five disable it if its schedule does not say", async () => {
  for (let failures = 0; failures < 4; failures += 1) await ended(false);
  expect(await state()).toEqual([4, "ENABLED", true]);
  await ended(false);
  expect(await state()).toEqual([5, "DISABLED", false]);
});

test("failures of a deleted pipeline do not count for the next one of its name", async () => {
  await scene.call("DeleteImagePipeline", { imagePipelineArn: arn });
  await ended(false);
  const begunAt = new Date(scene.now);
  scene.now += 1;
  await create();
  await ended(false, true, begunAt);
  expect(await state()).toEqual([0, "ENABLED", true]);
});
