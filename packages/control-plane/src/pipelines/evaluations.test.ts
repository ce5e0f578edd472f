import { beforeAll, expect, test } from "@jest/globals";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";
import { contextOn } from "../testing/stored-resource.js";
import { findPipeline } from "./find-pipeline.js";
import { storeEvaluation } from "./evaluations.js";

const scene = new Scene();
const DAY = 24 * 3_600_000;
const schedule = { scheduleExpression: "cron(0 * * * ? *)" };
const arn = `${ARN}image-pipeline/logged`;
beforeAll(async () => {
  await storePipelineSources(scene);
  await scene.call("CreateImagePipeline", pipelineInput("logged", { schedule }));
});
const store = async (reason: string) => {
  const { database, now } = contextOn(scene);
  const evaluation = { outcome: "skipped", imageArn: null, updates: [], notes: ["a\0b"] } as const;
  return storeEvaluation(database, await findPipeline(database, arn), { ...evaluation, reason, dueAt: now, evaluatedAt: now });
};
const reasons = async (most = 1000) =>
  (await scene.plane.pipelines.explain({ nameOrArn: "logged", most })).evaluations.map(({ reason }) => reason);

test("LOG-010: each scheduled evaluation of a pipeline is told, the newest first", async () => {
  scene.now += 3_600_000;
  await scene.plane.pipelines.runDue({ most: 10 });
  await store("later");
  expect(await reasons()).toEqual(["later", "the pipeline has never run"]);
  const { evaluations } = await scene.plane.pipelines.explain({ nameOrArn: arn, most: 5 });
  expect(evaluations[1]).toEqual({
    ...{ pipeline: arn, dueAt: new Date("2026-11-29T11:00:00Z"), evaluatedAt: new Date(scene.now), outcome: "built" },
    ...{ reason: "the pipeline has never run", imageArn: `${ARN}image/web/1.0.0/1`, updates: [], notes: [] },
  });
  expect(evaluations[0]?.notes).toEqual(["a\uFFFDb"]);
});

test("a hundred are kept, for ninety days; the newest for ever", async () => {
  for (let index = 0; index < 110; index += 1) await store(`number ${index}`);
  expect(await reasons()).toHaveLength(100);
  expect([(await reasons())[0], (await reasons()).at(-1)]).toEqual(["number 109", "number 10"]);
  scene.now += 91 * DAY;
  await scene.plane.removeExpired();
  expect(await reasons()).toEqual(["number 109"]);
});

test("they go with their pipeline", async () => {
  await scene.call("DeleteImagePipeline", { imagePipelineArn: arn });
  expect((await scene.pool.query("select from pipeline_evaluation")).rowCount).toBe(0);
  await expect(reasons()).rejects.toThrow('there is no pipeline "logged"; allowed: the name or the ARN of one');
});

test("a name that several accounts use is to be told apart by the ARN", async () => {
  const other = { account: "210987654321" };
  await scene.call("CreateImagePipeline", pipelineInput("logged"));
  await scene.pool.query(
    `insert into resource (region, owner, kind, type, slug, major, minor, patch, build, name, arn, newest_build, newest_version, detail, tags, created_at)
     select region, $1, kind, type, slug, 0, 0, 0, 0, name, replace(arn, owner, $1), true, true, detail, tags, created_at from resource where arn = $2`,
    [other.account, arn],
  );
  const theirs = arn.replace("123456789012", other.account);
  await expect(reasons()).rejects.toThrow(`several pipelines have the name "logged": ${arn}, ${theirs}`);
});
