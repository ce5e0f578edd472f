import { paginateListImagePipelineImages, paginateListImagePipelines } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { makeContainerRecipe, makeDistribution, makeImageRecipe, makeInfrastructure, makePipeline, makeWorkflow } from "./support/make.js";
import { removeImageAfterwards, statusOf } from "./support/make-image.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (imagePipelineArn: string) => (await api.getImagePipeline({ imagePipelineArn })).imagePipeline;
const listed = (filters: { name: string; values: string[] }[]) => entries(paginateListImagePipelines, { filters }, "imagePipelineList");
const imagesOf = (imagePipelineArn: string, filters?: { name: string; values: string[] }[]) =>
  entries(paginateListImagePipelineImages, { imagePipelineArn, ...(filters ? { filters } : {}) }, "imageSummaryList");

async function start(imagePipelineArn: string): Promise<string> {
  const { imageBuildVersionArn = "" } = await api.startImagePipelineExecution({ imagePipelineArn, clientToken: undefined });
  return removeImageAfterwards(imageBuildVersionArn);
}

const SCHEDULE = {
  scheduleExpression: "cron(0 0 1 1 ? *)",
  timezone: "Europe/Berlin",
  pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" as const,
};

describe("image pipelines", () => {
  prove("API-007", async () => {
    const name = uniqueName("pipeline");
    const [imageRecipeArn, containerRecipeArn] = [await makeImageRecipe(), await makeContainerRecipe()];
    const infrastructureConfigurationArn = await makeInfrastructure();
    const arn = await makePipeline({ name, imageRecipeArn, infrastructureConfigurationArn });
    expect(arn).toBe(await arnOf(`image-pipeline/${name}`));
    expect(await get(arn)).toMatchObject({
      ...{ arn, name, imageRecipeArn, infrastructureConfigurationArn, status: "ENABLED", platform: "Linux" },
      ...{ enhancedImageMetadataEnabled: true, imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 } },
    });
    const base = { name: uniqueName("pipeline"), infrastructureConfigurationArn, clientToken: undefined };
    await refused(api.createImagePipeline(base), "InvalidRequestException");
    await refused(api.createImagePipeline({ ...base, imageRecipeArn, containerRecipeArn }), "InvalidRequestException");
    await refused(makePipeline({ name, imageRecipeArn }), "ResourceAlreadyExistsException", MESSAGES.exists("ImagePipeline", arn));
  });

  prove("API-028", async () => {
    const members = {
      ...{ description: "nightly", distributionConfigurationArn: await makeDistribution(), executionRole: "builder", schedule: SCHEDULE },
      ...{ enhancedImageMetadataEnabled: false, imageTestsConfiguration: { imageTestsEnabled: false, timeoutMinutes: 60 } },
      ...{
        workflows: [{ workflowArn: await makeWorkflow(), parallelGroup: "one", onFailure: "CONTINUE" as const }],
        tags: { team: "web" },
      },
    };
    const arn = await makePipeline(members);
    const found = await get(arn);
    expect(found).toMatchObject({
      ...members,
      schedule: SCHEDULE,
      status: "ENABLED",
      consecutiveFailures: 0,
      dateNextRun: expect.any(String),
    });
    expect([found?.dateLastRun, found?.lastRunStatus]).toEqual([undefined, undefined]);
    const image = await start(arn);
    expect(await get(arn)).toMatchObject({ dateLastRun: expect.any(String), lastRunStatus: await statusOf(image) });
  });

  prove("API-070", async () => {
    const name = uniqueName("image-recipe");
    const imagePipelineArn = await makePipeline({ imageRecipeArn: await makeImageRecipe({ name }), status: "DISABLED" });
    const images = [await start(imagePipelineArn), await start(imagePipelineArn)];
    expect(images).toEqual([await arnOf(`image/${name}/1.0.0/1`), await arnOf(`image/${name}/1.0.0/2`)]);
    const { image } = await api.getImage({ imageBuildVersionArn: images[0] });
    expect(image).toMatchObject({ sourcePipelineArn: imagePipelineArn, buildType: "USER_INITIATED" });
    await refused(start(`${imagePipelineArn}-none`), "ResourceNotFoundException");
  });

  prove("API-048", async () => {
    const imagePipelineArn = await makePipeline();
    expect(await imagesOf(imagePipelineArn)).toEqual([]);
    const images = [await start(imagePipelineArn), await start(imagePipelineArn), await start(imagePipelineArn)];
    expect((await imagesOf(imagePipelineArn)).map(({ arn }) => arn).sort()).toEqual(images);
    await refused(imagesOf(`${imagePipelineArn}-none`), "ResourceNotFoundException");
  });

  prove("API-089", async () => {
    const name = uniqueName("image-recipe");
    const imagePipelineArn = await makePipeline({ imageRecipeArn: await makeImageRecipe({ name }) });
    const image = await start(imagePipelineArn);
    const rows = [
      ["name", name, 1],
      ["name", "other", 0],
      ["version", "1.0.0", 1],
      ["version", "2.0.0", 0],
    ] as const;
    for (const [filter, value, count] of rows)
      expect([filter, value, (await imagesOf(imagePipelineArn, [{ name: filter, values: [value] }])).length]).toEqual([
        filter,
        value,
        count,
      ]);
    const wrong = imagesOf(imagePipelineArn, [{ name: "platform", values: ["Linux"] }]);
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
    expect(image).toContain(name);
  });

  prove("API-049", async () => {
    const name = uniqueName("pipeline");
    const arn = await makePipeline({ name, description: "nightly", tags: { team: "web" } });
    expect(await listed([{ name: "name", values: [name] }])).toEqual([await get(arn)]);
    const others = [await makePipeline(), await makePipeline()];
    const all = await entries(paginateListImagePipelines, {}, "imagePipelineList", 25);
    expect(all.map((pipeline) => pipeline.arn)).toEqual(expect.arrayContaining([arn, ...others]));
  });

  prove("API-088", async () => {
    const members = {
      name: uniqueName("pipeline"),
      description: uniqueName("text"),
      distributionConfigurationArn: await makeDistribution(),
    };
    const recipe = { imageRecipeArn: await makeImageRecipe(), infrastructureConfigurationArn: await makeInfrastructure() };
    const arn = await makePipeline({ ...members, ...recipe, status: "DISABLED" });
    for (const [name, value] of Object.entries({ ...members, ...recipe })) {
      expect([name, (await listed([{ name, values: [value] }])).map((pipeline) => pipeline.arn)]).toEqual([name, [arn]]);
    }
    const named = { name: "name", values: [members.name] };
    expect(await listed([named, { name: "status", values: ["DISABLED"] }])).toHaveLength(1);
    expect(await listed([named, { name: "status", values: ["ENABLED"] }])).toEqual([]);
    await refused(listed([{ name: "platform", values: ["Linux"] }]), "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
  });

  prove("API-075", async () => {
    const containerRecipeArn = await makeContainerRecipe();
    const imagePipelineArn = await makePipeline({ description: "nightly", schedule: SCHEDULE, status: "DISABLED", tags: { team: "web" } });
    const { imageRecipeArn, infrastructureConfigurationArn, name } = (await get(imagePipelineArn)) ?? {};
    const change = { imagePipelineArn, infrastructureConfigurationArn, clientToken: undefined };
    expect(await api.updateImagePipeline({ ...change, imageRecipeArn })).toMatchObject({ imagePipelineArn });
    const found = await get(imagePipelineArn);
    expect(found).toMatchObject({ name, imageRecipeArn, status: "ENABLED", tags: { team: "web" }, dateUpdated: expect.any(String) });
    expect([found?.description, found?.schedule, found?.dateNextRun]).toEqual([undefined, undefined, undefined]);
    await refused(api.updateImagePipeline({ ...change, containerRecipeArn }), "InvalidParameterValueException", /containerRecipeArn/);
    const missing = { ...change, imageRecipeArn, imagePipelineArn: `${imagePipelineArn}-none` };
    await refused(api.updateImagePipeline(missing), "ResourceNotFoundException");
  });

  prove("API-016", async () => {
    const imagePipelineArn = await makePipeline();
    const image = await start(imagePipelineArn);
    expect(await api.deleteImagePipeline({ imagePipelineArn })).toMatchObject({ imagePipelineArn });
    await refused(get(imagePipelineArn), "ResourceNotFoundException");
    expect(await statusOf(image)).toBe("PENDING");
  });

  test.each([
    ["a schedule that is none", { schedule: { scheduleExpression: "daily" } }, "InvalidParameterValueException"],
    [
      "an unknown time zone",
      { schedule: { scheduleExpression: "rate(1 day)", timezone: "Europe/Atlantis" } },
      "InvalidParameterValueException",
    ],
    ["workflows without a role", { workflows: [{ workflowArn: "workflow/test/none/1.0.0/1" }] }, "InvalidRequestException"],
    ["a recipe that does not exist", { imageRecipeArn: "image-recipe/none/1.0.0" }, "ResourceNotFoundException"],
    ["a timeout of 59 minutes", { imageTestsConfiguration: { timeoutMinutes: 59 } }, "InvalidParameterValueException"],
  ] as const)("CreateImagePipeline refuses %s", async (_, given, error) => {
    const name = uniqueName("pipeline");
    const recipe = "imageRecipeArn" in given ? { imageRecipeArn: await arnOf(given.imageRecipeArn) } : {};
    const workflows = "workflows" in given ? { workflows: [{ workflowArn: await makeWorkflow() }] } : {};
    await refused(makePipeline({ name, ...(given as object), ...recipe, ...workflows }), error);
    expect(await listed([{ name: "name", values: [name] }])).toEqual([]);
  });
});
