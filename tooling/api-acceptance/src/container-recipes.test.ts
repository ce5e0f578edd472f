import { paginateListContainerRecipes } from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { DOCKERFILE, PARENT_CONTAINER } from "./support/documents.js";
import { makeComponent, makeContainerRecipe, makePipeline } from "./support/make.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { accountId, api, arnOf } from "./support/service.js";
import { uniqueName } from "./support/unique-name.js";

const get = async (containerRecipeArn: string) => (await api.getContainerRecipe({ containerRecipeArn })).containerRecipe;
const listed = (name: string) =>
  entries(paginateListContainerRecipes, { filters: [{ name: "name", values: [name] }] }, "containerRecipeSummaryList");

describe("container recipes", () => {
  prove("API-004", async () => {
    const name = uniqueName("container-recipe");
    const arn = await makeContainerRecipe({ name });
    expect(arn).toBe(await arnOf(`container-recipe/${name}/1.0.0`));
    const again = makeContainerRecipe({ name, description: "another" });
    await refused(again, "ResourceAlreadyExistsException", MESSAGES.exists("ContainerRecipe", arn));
  });

  prove("API-024", async () => {
    const name = uniqueName("container-recipe");
    const members = {
      description: "a web server",
      components: [{ componentArn: await makeComponent() }],
      parentImage: PARENT_CONTAINER,
      targetRepository: { service: "ECR" as const, repositoryName: "web" },
      dockerfileTemplateData: DOCKERFILE,
      instanceConfiguration: {
        image: "ami-0abcdef1234567890",
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 50 } }],
      },
      workingDirectory: "/var/tmp",
      tags: { team: "web" },
    };
    const arn = await makeContainerRecipe({ name, ...members });
    expect(await get(arn)).toEqual({
      ...{ arn, name, version: "1.0.0", containerType: "DOCKER", platform: "Linux", owner: await accountId() },
      ...{ ...members, encrypted: true, dateCreated: expect.any(String) },
    });
  });

  prove("API-044", async () => {
    const name = uniqueName("container-recipe");
    for (const semanticVersion of ["1.0.0", "1.1.0", "2.0.0"]) await makeContainerRecipe({ name, semanticVersion });
    const summaries = await listed(name);
    expect(summaries).toHaveLength(3);
    expect(summaries[0]).toMatchObject({ name, containerType: "DOCKER", platform: "Linux", parentImage: PARENT_CONTAINER });
    for (const owner of ["Shared", "Amazon"] as const)
      expect((await api.listContainerRecipes({ owner })).containerRecipeSummaryList).toEqual([]);
    for (const owner of ["ThirdParty", "AWSMarketplace"] as const)
      await refused(api.listContainerRecipes({ owner }), "InvalidParameterValueException", MESSAGES.invalidValue("owner"));
  });

  prove("API-013", async () => {
    const containerRecipeArn = await makeContainerRecipe();
    const imagePipelineArn = await makePipeline({ containerRecipeArn });
    await refused(
      api.deleteContainerRecipe({ containerRecipeArn }),
      "ResourceDependencyException",
      MESSAGES.dependedOn(containerRecipeArn),
    );
    await api.deleteImagePipeline({ imagePipelineArn });
    expect(await api.deleteContainerRecipe({ containerRecipeArn })).toMatchObject({ containerRecipeArn });
    await refused(get(containerRecipeArn), "ResourceNotFoundException");
  });

  test.each([
    ["a template without the parent image", { dockerfileTemplateData: "FROM debian\n{{{ imagebuilder:environments }}}\n" }],
    ["a template without the environments", { dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n" }],
    ["no template", { dockerfileTemplateData: undefined }],
    ["two templates", { dockerfileTemplateUri: "s3://templates/Dockerfile" }],
    [
      "an address of the template that is not of S3",
      { dockerfileTemplateData: undefined, dockerfileTemplateUri: "https://example.com/Dockerfile" },
    ],
    ["macOS", { platformOverride: "macOS" }],
    ["an unknown kind of container", { containerType: "LXC" }],
    ["an unknown kind of repository", { targetRepository: { service: "GHCR", repositoryName: "web" } }],
    ["no name of the repository", { targetRepository: { service: "ECR" } }],
  ])("CreateContainerRecipe refuses %s", async (_, given: object) => {
    const name = uniqueName("container-recipe");
    const call = makeContainerRecipe({ name, ...given });
    const pair = "dockerfileTemplateUri" in given && !("dockerfileTemplateData" in given);
    const none = "dockerfileTemplateData" in given && given.dockerfileTemplateData === undefined && !("dockerfileTemplateUri" in given);
    await refused(call, pair || none ? "InvalidRequestException" : "InvalidParameterValueException");
    expect(await listed(name)).toEqual([]);
  });
});

describe("filters of recipes", () => {
  prove("API-090", async () => {
    const { makeImageRecipe } = await import("./support/make.js");
    const name = uniqueName("recipe");
    await makeImageRecipe({ name });
    await makeContainerRecipe({ name });
    const both = [
      ["platform", "Linux"],
      ["parentImage", ""],
    ] as const;
    for (const [filter, value] of both) {
      for (const [list, parent] of [
        ["ImageRecipes", "ami-0abcdef1234567890"],
        ["ContainerRecipes", PARENT_CONTAINER],
      ] as const) {
        const count = async (wanted: string) => {
          const filters = [
            { name: "name", values: [name] },
            { name: filter, values: [wanted] },
          ];
          const found =
            list === "ImageRecipes"
              ? (await api.listImageRecipes({ filters })).imageRecipeSummaryList
              : (await api.listContainerRecipes({ filters })).containerRecipeSummaryList;
          return found?.length;
        };
        expect([list, filter, await count(value || parent), await count("other")]).toEqual([list, filter, 1, 0]);
      }
    }
    const docker = {
      filters: [
        { name: "containerType", values: ["DOCKER"] },
        { name: "name", values: [name] },
      ],
    };
    expect((await api.listContainerRecipes(docker)).containerRecipeSummaryList).toHaveLength(1);
    await refused(api.listImageRecipes(docker), "InvalidParameterValueException", MESSAGES.invalidValue("filters"));
  });
});
