import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";

const scene = new Scene();
const schedule = { scheduleExpression: "cron(0 * * * ? *)", pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" };
const loggingConfiguration = { pipelineLogGroupName: "/aws/imagebuilder/mine" };
const DAY = 24 * 3_600_000;
beforeAll(async () => {
  await storePipelineSources(scene);
  await scene.call("CreateImagePipeline", pipelineInput("logged", { schedule, loggingConfiguration }));
});
beforeEach(() => scene.pool.query("delete from pipeline_evaluation"));

const evaluate = async (times = 1) => {
  for (let time = 0; time < times; time += 1) {
    scene.now += 3_600_000;
    await scene.plane.pipelines.runDue({ most: 10 });
  }
};
const claim = (most = 100) => scene.plane.pipelines.log.claim(most);
const lapse = () => scene.pool.query("update pipeline_evaluation set log_claimed_until = now() - interval '1 second'");

test("LOG-010: evaluations are given to one server each, the oldest first, with where they belong, until they have arrived", async () => {
  await evaluate(3);
  const [first, ...others] = await claim(2);
  expect(first).toMatchObject({
    ...{ pipeline: `${ARN}image-pipeline/logged`, name: "logged", account: "123456789012", region: "eu-west-1", loggingConfiguration },
    ...{ outcome: "built", reason: expect.any(String), imageArn: `${ARN}image/web/1.0.0/1`, notes: [] },
  });
  expect(others.map(({ outcome }) => outcome)).toEqual(["skipped"]);
  const rest = await claim();
  expect([rest.length, (await claim()).length]).toEqual([1, 0]);
  await scene.plane.pipelines.log.sent([first?.id ?? ""]);
  await lapse();
  expect((await claim()).map(({ id }) => id)).toEqual([...others, ...rest].map(({ id }) => id));
});

test("no two of many servers get the same; what is older than fourteen days is left out", async () => {
  await evaluate(20);
  const claimed = (await Promise.all(Array.from({ length: 10 }, () => claim(3)))).flat();
  expect(new Set(claimed.map(({ id }) => id)).size).toBe(claimed.length);
  expect(claimed.length + (await claim()).length).toBe(20);
  await lapse();
  scene.now += 14 * DAY;
  expect(await claim()).toEqual([]);
});
