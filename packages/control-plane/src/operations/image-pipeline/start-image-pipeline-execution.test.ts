import { beforeAll, expect, test } from "@jest/globals";
import type { ImageStatus } from "@imagewright/imagebuilder-model";
import { containerRecipeArn, getPipeline, pipelineInput, storePipelineSources, workflowChoice } from "../../testing/pipeline-sources.js";
import { ARN, Scene } from "../../testing/scene.js";
import { contextOn } from "../../testing/stored-resource.js";
import { findOwnResource } from "../../resources/find-resource.js";
import { startPipelineRun } from "./start-pipeline-run.js";

const scene = new Scene();
beforeAll(() => storePipelineSources(scene));

const arnOf = (name: string) => `${ARN}image-pipeline/${name}`;
const start = async (name: string, more: object = {}) => {
  const answer = await scene.call("StartImagePipelineExecution", { imagePipelineArn: arnOf(name), ...more });
  return answer.imageBuildVersionArn ?? "";
};
const getImage = async (arn: string) => (await scene.call("GetImage", { imageBuildVersionArn: arn })).image;
const end = async (arn: string, status: ImageStatus) => {
  for (const next of ["CREATING", status] as const) await scene.plane.images.transition(arn, next);
};

test("PIP-002, PIP-012: a run makes the next image of the recipe with the settings of the pipeline, also of a disabled one", async () => {
  const settings = {
    ...{ enhancedImageMetadataEnabled: false, executionRole: "builder", workflows: [{ workflowArn: workflowChoice("build") }] },
    imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 90 },
    imageScanningConfiguration: { imageScanningEnabled: true },
  };
  const loggingConfiguration = { imageLogGroupName: "/own/images", pipelineLogGroupName: "/own/pipelines" };
  await scene.call("CreateImagePipeline", {
    ...pipelineInput("web", { ...settings, loggingConfiguration, status: "DISABLED", imageTags: { by: "schedule" } }),
    ...{ imageRecipeArn: `${ARN}image-recipe/web/1.x.x`, tags: { of: "pipeline" } },
  });
  scene.now += 60_000;
  const answer = await scene.call("StartImagePipelineExecution", {
    imagePipelineArn: arnOf("web"),
    tags: { by: "hand" },
    clientToken: "s1",
  });
  const arn = `${ARN}image/web/1.0.0/1`;
  expect(answer).toEqual({ clientToken: "s1", imageBuildVersionArn: arn });
  expect(await getImage(arn)).toMatchObject({
    ...{ arn, ...settings, loggingConfiguration: { logGroupName: "/own/images" }, tags: { by: "hand" }, buildType: "USER_INITIATED" },
    ...{ sourcePipelineArn: arnOf("web"), state: { status: "PENDING" }, imageRecipe: { arn: `${ARN}image-recipe/web/1.0.0` } },
  });
  expect(await getPipeline(scene, "web")).toMatchObject({ dateLastRun: "2026-11-29T10:01:00.000Z", lastRunStatus: "PENDING" });
  expect(
    await scene.call("StartImagePipelineExecution", { imagePipelineArn: arnOf("web"), tags: { by: "hand" }, clientToken: "s1" }),
  ).toEqual(answer);
  expect(await start("web")).toBe(`${ARN}image/web/1.0.0/2`);
});

test("PIP-010: the status of the last run is that of its image, as long as that is there", async () => {
  await scene.call("CreateImagePipeline", { ...pipelineInput("boxes", { imageRecipeArn: undefined, containerRecipeArn }) });
  const arn = await start("boxes");
  expect(await getImage(arn)).toMatchObject({ type: "DOCKER", containerRecipe: { arn: containerRecipeArn } });
  await end(arn, "AVAILABLE");
  expect((await getPipeline(scene, "boxes"))?.lastRunStatus).toBe("AVAILABLE");
  await scene.call("DeleteImage", { imageBuildVersionArn: arn });
  expect(await getPipeline(scene, "boxes")).toMatchObject({ dateLastRun: "2026-11-29T10:01:00.000Z" });
  expect((await getPipeline(scene, "boxes"))?.lastRunStatus).toBeUndefined();
});

test("PIP-008, PIP-009: failed scheduled runs are counted and disable the pipeline; a success by hand begins anew", async () => {
  const schedule = { scheduleExpression: "rate(1 day)", autoDisablePolicy: { failureCount: 2 } };
  await scene.call("CreateImagePipeline", pipelineInput("counted", { schedule }));
  const context = contextOn(scene);
  const scheduled = async () => {
    const pipeline = await findOwnResource(context, arnOf("counted"), { parameter: "imagePipelineArn", types: ["image-pipeline"] });
    return (await startPipelineRun(context, pipeline, { buildType: "SCHEDULED", tags: { by: "schedule" } })).arn;
  };
  const state = async () => {
    const { consecutiveFailures, status, lastRunStatus } = (await getPipeline(scene, "counted")) ?? {};
    return [consecutiveFailures, status, lastRunStatus];
  };
  const first = await scheduled();
  expect(await getImage(first)).toMatchObject({ buildType: "SCHEDULED", tags: { by: "schedule" } });
  await end(first, "FAILED");
  expect(await state()).toEqual([1, "ENABLED", "FAILED"]);
  await end(await start("counted"), "FAILED");
  expect(await state()).toEqual([1, "ENABLED", "FAILED"]);
  await end(await start("counted"), "AVAILABLE");
  expect(await state()).toEqual([0, "ENABLED", "AVAILABLE"]);
  for (let failures = 0; failures < 2; failures += 1) await end(await scheduled(), "FAILED");
  expect(await state()).toEqual([2, "DISABLED", "FAILED"]);
});

test("PIP-014, PIP-016: a pipeline that is deleted while it runs changes nothing for its image, and cannot be started", async () => {
  await scene.call("CreateImagePipeline", pipelineInput("leaving"));
  const arn = await start("leaving");
  await scene.call("DeleteImagePipeline", { imagePipelineArn: arnOf("leaving") });
  await end(arn, "AVAILABLE");
  expect(await getImage(arn)).toMatchObject({ state: { status: "AVAILABLE" }, sourcePipelineArn: arnOf("leaving") });
  const notFound = `ResourceNotFoundException: Resource of type 'ImagePipeline' with identifier '${arnOf("leaving")}' cannot be found.`;
  expect(await scene.refused("StartImagePipelineExecution", { imagePipelineArn: arnOf("leaving") })).toBe(notFound);
});

test("EVT-005: who follows a rule needs one action, on one pipeline and on the images that it makes", async () => {
  for (const name of ["ruled", "other"]) await scene.call("CreateImagePipeline", pipelineInput(name));
  const statement = { Effect: "Allow", Action: "imagebuilder:StartImagePipelineExecution", Resource: [arnOf("ruled"), `${ARN}image/*`] };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { principal } = await scene.plane.keys.create({ account: "123456789012", user: "rule", policies: [{ name: "start", document }] });
  const asRule = (name: string) => scene.call("StartImagePipelineExecution", { imagePipelineArn: arnOf(name) }, { principal });
  expect((await asRule("ruled")).imageBuildVersionArn).toContain(":image/");
  await expect(asRule("other")).rejects.toMatchObject({ name: "ForbiddenException" });
});
