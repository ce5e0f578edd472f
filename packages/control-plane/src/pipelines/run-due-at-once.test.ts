import { beforeAll, expect, test } from "@jest/globals";
import type { ControlPlane } from "../index.js";
import { pipelineInput, storePipelineSources, updatePipeline } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";

const scene = new Scene();
const PIPELINES = 60;
const HOUR = 3_600_000;
const schedule = { scheduleExpression: "cron(0 * * * ? *)", pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" };

beforeAll(async () => {
  await storePipelineSources(scene);
  for (let index = 0; index < PIPELINES; index += 1)
    await scene.call("CreateImagePipeline", pipelineInput(`pipeline-${index}`, { schedule }));
});

const imagesByPipeline = async () =>
  (
    await scene.pool.query<{ pipeline: string; images: number }>(
      "select detail ->> 'sourcePipelineArn' as pipeline, count(*)::int as images from resource where kind = 'image' group by 1",
    )
  ).rows;

test("of several servers each run is started by one, all are started, and no build number is lost or doubled", async () => {
  const planes: ControlPlane[] = [scene.plane, await scene.open(), await scene.open(), await scene.open()];
  for (let hour = 1; hour <= 2; hour += 1) {
    scene.now += HOUR;
    const told = (await Promise.all(planes.map((plane) => plane.pipelines.runDue({ most: 1000 })))).flat();
    expect(told.map(({ outcome }) => outcome)).toEqual(Array.from({ length: PIPELINES }, () => "built"));
    expect(new Set(told.map(({ pipeline }) => pipeline)).size).toBe(PIPELINES);
    const counts = await imagesByPipeline();
    expect([counts.length, new Set(counts.map(({ images }) => images))]).toEqual([PIPELINES, new Set([hour])]);
    const { rows } = await scene.pool.query<{ build: number }>("select build from resource where kind = 'image' order by build");
    expect(rows.map(({ build }) => build)).toEqual(Array.from({ length: hour * PIPELINES }, (_, index) => index + 1));
    for (const { imageArn } of told)
      for (const next of ["CREATING", "AVAILABLE"] as const) await scene.plane.images.transition(imageArn ?? "", next);
  }
});

test("an update at the same time changes the run, or comes after it; nothing waits for each other", async () => {
  scene.now += HOUR;
  const names = Array.from({ length: PIPELINES }, (_, index) => `pipeline-${index}`);
  const [evaluations] = await Promise.all([
    scene.plane.pipelines.runDue({ most: 1000 }),
    ...names.map((name) => updatePipeline(scene, name, { schedule, status: "DISABLED" })),
  ]);
  const built = new Set(evaluations.map(({ pipeline }) => pipeline));
  const counts = new Map((await imagesByPipeline()).map(({ pipeline, images }) => [pipeline, images]));
  for (const name of names) {
    const arn = `${ARN}image-pipeline/${name}`;
    expect([name, counts.get(arn)]).toEqual([name, built.has(arn) ? 3 : 2]);
  }
  // what was disabled meanwhile is due no more
  scene.now += HOUR;
  expect(await scene.plane.pipelines.runDue({ most: 1000 })).toEqual([]);
});
