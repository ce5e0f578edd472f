import { paginateListImageRecipes } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { componentDocument } from "./support/documents.js";
import { makeComponent, makeImageRecipe, makePipeline } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { removeAfterwards } from "./support/remove-afterwards.js";
import { accountId, api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (imageRecipeArn: string) => (await api.getImageRecipe({ imageRecipeArn })).imageRecipe;
const listed = (name: string, filter?: { name: string; values: string[] }) =>
  entries(paginateListImageRecipes, { filters: [{ name: "name", values: [name] }, ...(filter ? [filter] : [])] }, "imageRecipeSummaryList");

describe("image recipes", () => {
  prove("API-008", async () => {
    const name = uniqueName("image-recipe");
    const arn = await makeImageRecipe({ name });
    expect(arn).toBe(await arnOf(`image-recipe/${name}/1.0.0`));
    await refused(makeImageRecipe({ name, description: "another" }), "ResourceAlreadyExistsException", MESSAGES.exists("ImageRecipe", arn));
    expect((await get(arn))?.description).toBeUndefined();
  });

  prove("API-030", async () => {
    const name = uniqueName("image-recipe");
    const document = componentDocument().replace(
      "schemaVersion: 1.0",
      "schemaVersion: 1.0\nparameters:\n  - word:\n      type: string\n      default: hi",
    );
    const members = {
      description: "a web server",
      components: [{ componentArn: await makeComponent({ data: document }), parameters: [{ name: "word", value: ["hello"] }] }],
      parentImage: "ami-0abcdef1234567890",
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3" as const, throughput: 200, encrypted: true } },
      ],
      workingDirectory: "/var/tmp",
      additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: true }, userDataOverride: "ZWNobwo=" },
      amiTags: { made: "here" },
      tags: { team: "web" },
    };
    const arn = await makeImageRecipe({ name, ...members });
    const common = { arn, name, version: "1.0.0", type: "AMI", platform: "Linux", owner: await accountId() };
    expect(await get(arn)).toEqual({ ...common, ...members, dateCreated: expect.any(String) });
  });

  prove("API-050", async () => {
    const name = uniqueName("image-recipe");
    for (const semanticVersion of ["1.0.0", "1.1.0", "2.0.0"]) await makeImageRecipe({ name, semanticVersion, tags: { team: "web" } });
    const summaries = await listed(name);
    expect(summaries.map(({ arn }) => arn).sort()).toEqual(
      await Promise.all(["1.0.0", "1.1.0", "2.0.0"].map((version) => arnOf(`image-recipe/${name}/${version}`))),
    );
    expect(summaries[0]).toEqual({
      ...{ arn: expect.any(String), name, platform: "Linux", owner: await accountId(), parentImage: "ami-0abcdef1234567890" },
      ...{ tags: { team: "web" }, dateCreated: expect.any(String) },
    });
  });

  prove("API-017", async () => {
    const imageRecipeArn = await makeImageRecipe();
    const imagePipelineArn = await makePipeline({ imageRecipeArn });
    await refused(api.deleteImageRecipe({ imageRecipeArn }), "ResourceDependencyException", MESSAGES.dependedOn(imageRecipeArn));
    await api.deleteImagePipeline({ imagePipelineArn });
    expect(await api.deleteImageRecipe({ imageRecipeArn })).toMatchObject({ imageRecipeArn });
    await refused(get(imageRecipeArn), "ResourceNotFoundException");
  });

  test.each([
    [
      "a component that does not exist",
      { components: [{ componentArn: "component/none/1.0.0" }] },
      /components\[0\]\.componentArn.+cannot be found/,
    ],
    ["a parameter that the component lacks", { parameters: [{ name: "none", value: ["x"] }] }, /./],
    [
      "a volume of 0 GB",
      { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 0 } }] },
      MESSAGES.invalidValue("blockDeviceMappings[0].ebs.volumeSize"),
    ],
    ["an empty parent image", { parentImage: "" }, MESSAGES.invalidValue("parentImage")],
  ])("CreateImageRecipe refuses %s", async (_, { components, parameters, ...given }: Record<string, unknown>, message) => {
    const named = components as { componentArn: string }[] | undefined;
    const chosen = parameters === undefined ? {} : { components: [{ componentArn: await makeComponent(), parameters }] };
    const missing = named === undefined ? {} : { components: [{ componentArn: await arnOf(named[0]?.componentArn ?? "") }] };
    const name = uniqueName("image-recipe");
    const call = makeImageRecipe({ name, ...given, ...chosen, ...missing } as never);
    await refused(call, "InvalidParameterValueException", message);
    expect(await listed(name)).toEqual([]);
  });

  test("CreateImageRecipe takes each component once", async () => {
    const componentArn = await makeComponent();
    await refused(makeImageRecipe({ components: [{ componentArn }, { componentArn }] }), "InvalidParameterValueException");
  });

  test("CreateImageRecipe takes 20 components by default", async () => {
    const name = uniqueName("component");
    const components = [];
    for (let patch = 0; patch <= 20; patch += 1)
      components.push({ componentArn: await makeComponent({ name: `${name}-${String(patch)}` }) });
    await refused(makeImageRecipe({ components }), "ServiceQuotaExceededException");
    expect((await get(await makeImageRecipe({ components: components.slice(1) })))?.components).toHaveLength(20);
  });

  test("a recipe without components is a copy of its parent image", async () => {
    const { imageRecipeArn = "" } = await api.createImageRecipe({
      ...{ name: uniqueName("image-recipe"), semanticVersion: "1.0.0", parentImage: "ami-0abcdef1234567890", clientToken: undefined },
    });
    removeAfterwards(() => api.deleteImageRecipe({ imageRecipeArn }));
    expect((await get(imageRecipeArn))?.components ?? []).toEqual([]);
  });
});
