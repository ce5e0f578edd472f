import { describe, expect, test } from "@jest/globals";
import { makeDistribution, makeImageRecipe, makeInfrastructure, makeWorkflow } from "../support/make.js";
import { cancelImage, statusOf } from "../support/make-image.js";
import { entries } from "../support/pages.js";
import { api } from "../support/service.js";
import { uniqueName } from "../support/unique-name.js";
import { applyAndDestroy } from "./provider.js";
import { paginateListComponents, paginateListImagePipelines, paginateListImageRecipes } from "@aws-sdk/client-imagebuilder";

/** The states that the provider's waiter takes for "not yet"; all others but AVAILABLE end it with an error that shows the reason. */
const WAITING = ["BUILDING", "CREATING", "DISTRIBUTING", "INTEGRATING", "PENDING", "TESTING"];

describe("the calls of Terraform's provider for pipelines and images", () => {
  test("aws_imagebuilder_image_pipeline", async () => {
    const settings = {
      ...{ imageRecipeArn: await makeImageRecipe(), infrastructureConfigurationArn: await makeInfrastructure() },
      ...{ distributionConfigurationArn: await makeDistribution(), enhancedImageMetadataEnabled: true, executionRole: "builder" },
      ...{ imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 }, status: "ENABLED" as const },
      workflows: [{ workflowArn: await makeWorkflow(), onFailure: "ABORT" as const, parallelGroup: "one" }],
    };
    const schedule = { scheduleExpression: "cron(0 0 * * ? *)", pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" as const };
    const { created, updated } = await applyAndDestroy({
      create: async (common) =>
        (await api.createImagePipeline({ ...common, ...settings, name: uniqueName("tf"), schedule })).imagePipelineArn,
      read: async (imagePipelineArn) => ({ ...(await api.getImagePipeline({ imagePipelineArn })).imagePipeline }),
      update: (imagePipelineArn, clientToken) =>
        api.updateImagePipeline({ imagePipelineArn, clientToken, ...settings, description: "by hand", status: "DISABLED" }),
      delete: (imagePipelineArn) => api.deleteImagePipeline({ imagePipelineArn }),
    });
    expect(created).toMatchObject({ ...settings, schedule, platform: "Linux", dateNextRun: expect.any(String) });
    expect(updated).toMatchObject({ ...settings, description: "by hand", status: "DISABLED" });
    expect(updated?.["schedule"]).toBeUndefined();
  });

  test("aws_imagebuilder_image, with the waiter, which ends when the image does", async () => {
    const settings = {
      ...{ imageRecipeArn: await makeImageRecipe(), infrastructureConfigurationArn: await makeInfrastructure() },
      ...{ distributionConfigurationArn: await makeDistribution(), enhancedImageMetadataEnabled: true },
    };
    const { created } = await applyAndDestroy({
      create: async (common) => {
        const { imageBuildVersionArn = "" } = await api.createImage({ ...common, ...settings });
        expect(WAITING).toContain(await statusOf(imageBuildVersionArn));
        await cancelImage(imageBuildVersionArn);
        expect([...WAITING, "AVAILABLE"]).not.toContain(await statusOf(imageBuildVersionArn));
        return imageBuildVersionArn;
      },
      read: async (imageBuildVersionArn) => ({ ...(await api.getImage({ imageBuildVersionArn })).image }),
      delete: (imageBuildVersionArn) => api.deleteImage({ imageBuildVersionArn }),
    });
    expect(created).toMatchObject({
      ...{ imageRecipe: { arn: settings.imageRecipeArn }, enhancedImageMetadataEnabled: true, platform: "Linux", version: "1.0.0/1" },
      ...{
        infrastructureConfiguration: { arn: settings.infrastructureConfigurationArn },
        imageTestsConfiguration: { timeoutMinutes: 720 },
      },
      ...{ distributionConfiguration: { arn: settings.distributionConfigurationArn } },
    });
  });

  test("data sources list with filters and an owner", async () => {
    const name = uniqueName("tf");
    await makeImageRecipe({ name });
    const filters = [{ name: "name", values: [name] }];
    expect(await entries(paginateListImageRecipes, { filters, owner: "Self" }, "imageRecipeSummaryList")).toHaveLength(1);
    expect(await entries(paginateListComponents, { filters, owner: "Amazon" }, "componentVersionList")).toEqual([]);
    expect(await entries(paginateListImagePipelines, { filters }, "imagePipelineList")).toEqual([]);
  });
});
