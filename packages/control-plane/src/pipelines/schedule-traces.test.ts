import { beforeAll, expect, test } from "@jest/globals";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { RecordedTraces } from "../testing/recorded-traces.js";
import { ARN, Scene } from "../testing/scene.js";

const scene = new Scene();
beforeAll(() => storePipelineSources(scene));

test("a scheduled run is told with what became of it, and its image goes on with it", async () => {
  const schedule = { scheduleExpression: "cron(0 * * * ? *)" };
  const always = { ...schedule, pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" };
  await scene.call("CreateImagePipeline", pipelineInput("builds", { schedule: always }));
  await scene.call("CreateImagePipeline", pipelineInput("waits", { schedule }));
  const traces = new RecordedTraces();
  const run = async () => {
    traces.spans.length = 0;
    scene.now += 3_600_000;
    await scene.plane.pipelines.runDue({ most: 10, traces });
    return traces.spans.map(({ name, attributes, ended }) => [
      ...[name, attributes?.["imagewright.pipeline.arn"], ended?.attributes?.["imagewright.schedule.outcome"], ended?.failure],
    ]);
  };
  const [builds, waits] = [`${ARN}image-pipeline/builds`, `${ARN}image-pipeline/waits`];
  expect((await run()).sort()).toEqual([
    ["run schedule", builds, "built", undefined],
    ["run schedule", waits, "built", undefined],
  ]);
  const contexts = traces.spans.map(({ traceparent }) => traceparent);
  const server = { id: "one", place: "here", pid: 1, processStart: "then" };
  await scene.plane.runs.renew(server);
  const claim = () => scene.plane.runs.claim({ server, gone: [], mostOfAccount: 100 });
  expect([(await claim())?.trace?.traceparent, (await claim())?.trace?.traceparent].sort()).toEqual(contexts.sort());
  expect(traces.spans[0]?.ended?.attributes?.["imagewright.image.arn"]).toContain(":image/web/1.0.0/");
  await scene.plane.pipelines.runDue({ most: 10, traces });
  expect(traces.spans).toHaveLength(2);

  await scene.pool.query("delete from resource where kind = 'infrastructure-configuration' and slug = 'small'");
  await scene.pool.query("update image_pipeline_state set scheduled_image_id = null");
  expect((await run()).sort()).toEqual([
    ["run schedule", builds, "failed", expect.stringContaining("the image could not be started: ")],
    ["run schedule", waits, "skipped", undefined],
  ]);
});
