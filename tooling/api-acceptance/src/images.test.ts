import { paginateListImageBuildVersions, paginateListImages } from "@aws-sdk/client-imagebuilder";
import { describe, expect } from "@jest/globals";
import { makeContainerRecipe, makeDistribution, makeImageRecipe, makeInfrastructure } from "./support/make.js";
import { cancelImage, makeImage, removeImageAfterwards, statusOf } from "./support/make-image.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { accountId, api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (imageBuildVersionArn: string) => (await api.getImage({ imageBuildVersionArn })).image;
const named = (name: string) => [{ name: "name", values: [name] }];
const listed = (name: string, more: { name: string; values: string[] }[] = []) =>
  entries(paginateListImages, { filters: [...named(name), ...more] }, "imageVersionList");

describe("images", () => {
  prove("API-006", async () => {
    const name = uniqueName("image-recipe");
    const imageRecipeArn = await makeImageRecipe({ name });
    const infrastructureConfigurationArn = await makeInfrastructure();
    const distributionConfigurationArn = await makeDistribution();
    const members = { imageRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn, tags: { team: "web" } };
    const arn = await makeImage(members);
    expect(arn).toBe(await arnOf(`image/${name}/1.0.0/1`));
    expect(await get(arn)).toMatchObject({
      ...{ arn, name, version: "1.0.0/1", type: "AMI", platform: "Linux", state: { status: "PENDING" }, tags: { team: "web" } },
      ...{ imageRecipe: { arn: imageRecipeArn }, infrastructureConfiguration: { arn: infrastructureConfigurationArn } },
      ...{ distributionConfiguration: { arn: distributionConfigurationArn }, buildType: "USER_INITIATED" },
      ...{ enhancedImageMetadataEnabled: true, imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 } },
    });
    expect(await makeImage(members)).toBe(await arnOf(`image/${name}/1.0.0/2`));
    const containerRecipeArn = await makeContainerRecipe();
    expect((await get(await makeImage({ containerRecipeArn })))?.type).toBe("DOCKER");
    const base = { infrastructureConfigurationArn, clientToken: undefined };
    await refused(api.createImage(base), "InvalidRequestException");
    await refused(api.createImage({ ...base, imageRecipeArn, containerRecipeArn }), "InvalidRequestException");
    await refused(api.createImage({ ...base, imageRecipeArn: imageRecipeArn.replace("1.0.0", "9.9.9") }), "ResourceNotFoundException");
  });

  prove("API-116", async () => {
    const image = await get(await makeImage());
    expect(image?.executionRole).toBeUndefined();
  });

  prove("API-027", async () => {
    const arn = await makeImage();
    expect((await get(arn))?.state?.status).toBe("PENDING");
    const version = arn.replace(/\/1$/, "");
    for (const pattern of [version, version.replace("1.0.0", "1.x.x"), version.replace("1.0.0", "x.x.x")])
      await refused(get(pattern), "ResourceNotFoundException");
  });

  prove("API-053", async () => {
    const name = uniqueName("image-recipe");
    const recipes = [
      await makeImageRecipe({ name }),
      await makeImageRecipe({ name, semanticVersion: "1.1.0" }),
      await makeImageRecipe({ name, semanticVersion: "2.0.0" }),
    ];
    for (const imageRecipeArn of [...recipes, ...recipes]) await makeImage({ imageRecipeArn });
    const versions = await listed(name);
    expect(versions.map(({ version }) => version).sort()).toEqual(["1.0.0", "1.1.0", "2.0.0"]);
    const [first] = versions.filter(({ version }) => version === "1.0.0");
    const shown = { arn: await arnOf(`image/${name}/1.0.0`), name, type: "AMI", platform: "Linux", owner: await accountId() };
    expect(first).toMatchObject({ ...shown, dateCreated: expect.any(String), buildType: "USER_INITIATED" });
  });

  prove("API-085", async () => {
    const name = uniqueName("image-recipe");
    await makeImage({ imageRecipeArn: await makeImageRecipe({ name }) });
    for (const [filter, value] of [
      ["platform", "Linux"],
      ["type", "AMI"],
      ["version", "1.0.0"],
    ]) {
      for (const [wanted, count] of [
        [value, 1],
        ["other", 0],
      ] as const)
        expect([filter, wanted, (await listed(name, [{ name: filter ?? "", values: [wanted ?? ""] }])).length]).toEqual([
          filter,
          wanted,
          count,
        ]);
    }
    expect(await listed(name, [{ name: "osVersion", values: ["none"] }])).toEqual([]);
    await refused(
      api.listImages({ filters: [{ name: "status", values: ["PENDING"] }] }),
      "InvalidParameterValueException",
      MESSAGES.invalidValue("filters"),
    );
  });

  prove("API-046", async () => {
    const name = uniqueName("image-recipe");
    const imageRecipeArn = await makeImageRecipe({ name });
    const builds = [await makeImage({ imageRecipeArn }), await makeImage({ imageRecipeArn }), await makeImage({ imageRecipeArn })];
    const imageVersionArn = await arnOf(`image/${name}/1.0.0`);
    const summaries = await entries(paginateListImageBuildVersions, { imageVersionArn }, "imageSummaryList");
    expect(summaries.map(({ arn }) => arn).sort()).toEqual(builds);
    expect(summaries.map(({ version }) => version).sort()).toEqual(["1.0.0/1", "1.0.0/2", "1.0.0/3"]);
    expect(summaries[0]).toMatchObject({ name, type: "AMI", platform: "Linux", state: { status: "PENDING" }, owner: await accountId() });
    const wildcard = api.listImageBuildVersions({ imageVersionArn: imageVersionArn.replace("1.0.0", "1.0.x") });
    await refused(wildcard, "InvalidParameterValueException", MESSAGES.invalidValue("imageVersionArn"));
  });

  prove("API-087", async () => {
    const name = uniqueName("image-recipe");
    const arn = await makeImage({ imageRecipeArn: await makeImageRecipe({ name }) });
    const found = async (filters: { name: string; values: string[] }[], imageVersionArn?: string) =>
      (await entries(paginateListImageBuildVersions, { filters, ...(imageVersionArn ? { imageVersionArn } : {}) }, "imageSummaryList")).map(
        (image) => image.arn,
      );
    expect(await found(named(name))).toEqual([arn]);
    for (const [filter, value] of [
      ["platform", "Linux"],
      ["type", "AMI"],
      ["version", "1.0.0"],
    ] as const) {
      expect([filter, await found([...named(name), { name: filter, values: [value] }])]).toEqual([filter, [arn]]);
      expect([filter, await found([{ name: filter, values: ["other"] }], arn.replace(/\/1$/, ""))]).toEqual([filter, []]);
    }
    expect(await found([...named(name), { name: "osVersion", values: ["none"] }])).toEqual([]);
  });

  prove("API-047", async () => {
    const imageBuildVersionArn = await makeImage();
    expect((await api.listImagePackages({ imageBuildVersionArn })).imagePackageList).toEqual([]);
    const missing = imageBuildVersionArn.replace(/\/1$/, "/7");
    await refused(api.listImagePackages({ imageBuildVersionArn: missing }), "ResourceNotFoundException");
  });

  prove("API-001", async () => {
    const imageBuildVersionArn = await makeImage();
    const clientToken = uniqueName("token");
    expect(await api.cancelImageCreation({ imageBuildVersionArn, clientToken })).toMatchObject({ imageBuildVersionArn, clientToken });
    await cancelImage(imageBuildVersionArn);
    expect(await statusOf(imageBuildVersionArn)).toBe("CANCELLED");
    await refused(api.cancelImageCreation({ imageBuildVersionArn, clientToken: undefined }), "InvalidRequestException", /CANCELLED/);
    const missing = { imageBuildVersionArn: imageBuildVersionArn.replace(/\/1$/, "/7"), clientToken: undefined };
    await refused(api.cancelImageCreation(missing), "ResourceNotFoundException");
  });

  prove("API-015", async () => {
    const imageBuildVersionArn = await makeImage();
    await refused(api.deleteImage({ imageBuildVersionArn }), "InvalidRequestException", /PENDING.+CancelImageCreation/);
    await cancelImage(imageBuildVersionArn);
    expect(await api.deleteImage({ imageBuildVersionArn })).toMatchObject({ imageBuildVersionArn });
    await refused(get(imageBuildVersionArn), "ResourceNotFoundException");
    await refused(api.deleteImage({ imageBuildVersionArn }), "ResourceNotFoundException");
  });

  prove("API-068", async () => {
    const imageBuildVersionArn = await makeImage();
    await refused(api.retryImage({ imageBuildVersionArn, clientToken: undefined }), "InvalidRequestException", /PENDING/);
    await cancelImage(imageBuildVersionArn);
    await refused(api.retryImage({ imageBuildVersionArn, clientToken: undefined }), "InvalidRequestException");
    const missing = imageBuildVersionArn.replace(/\/1$/, "/7");
    await refused(api.retryImage({ imageBuildVersionArn: missing, clientToken: undefined }), "ResourceNotFoundException");
  });

  prove("API-021", async () => {
    const distributionConfigurationArn = await makeDistribution();
    const request = {
      sourceImage: "ami-0abcdef1234567890",
      distributionConfigurationArn,
      executionRole: "distributor",
      clientToken: undefined,
    };
    const { imageBuildVersionArn = "" } = await api.distributeImage(request);
    removeImageAfterwards(imageBuildVersionArn);
    expect(await get(imageBuildVersionArn)).toMatchObject({ type: "AMI", state: { status: "PENDING" }, executionRole: "distributor" });
    const missing = api.distributeImage({ ...request, distributionConfigurationArn: `${distributionConfigurationArn}-none` });
    await refused(missing, "ResourceNotFoundException");
    await refused(api.distributeImage({ ...request, sourceImage: "web" }), "InvalidParameterValueException");
  });

  prove("API-071", async () => {
    const resourceArn = await makeImage();
    const update = (status: "AVAILABLE" | "DEPRECATED" | "DELETED", more = {}) =>
      api.startResourceStateUpdate({ resourceArn, state: { status }, clientToken: undefined, ...more });
    await refused(update("DEPRECATED"), "InvalidRequestException");
    await cancelImage(resourceArn);
    await refused(update("DEPRECATED"), "InvalidRequestException");
    await refused(update("DELETED"), "InvalidRequestException");
    await refused(update("DELETED", { includeResources: { amis: true } }), "InvalidRequestException");
    await refused(update("DELETED", { updateAt: new Date(Date.now() + 86_400_000) }), "InvalidRequestException");
    await refused(update("AVAILABLE", { resourceArn: resourceArn.replace(/\/1$/, "/7") }), "ResourceNotFoundException");
    expect(await statusOf(resourceArn)).toBe("CANCELLED");
  });
});
