import { beforeAll, describe, expect, test } from "@jest/globals";
import { ARN, documentWith, Scene } from "../../testing/scene.js";
import { storeRow } from "../../testing/store-row.js";

const scene = new Scene();
const TEMPLATE = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";
const targetRepository = { service: "ECR", repositoryName: "web" };
const recipe = (name: string, more: object = {}) => ({
  ...{
    name,
    semanticVersion: "1.0.0",
    containerType: "DOCKER",
    parentImage: "debian:12",
    targetRepository,
    dockerfileTemplateData: TEMPLATE,
  },
  ...more,
});

beforeAll(async () => {
  await scene.call("CreateComponent", { name: "tools", semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") });
  const supportedOsVersions = ["Ubuntu 24", "Ubuntu 26"];
  const tools = { semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true"), supportedOsVersions };
  await scene.call("CreateComponent", { name: "for-ubuntu", ...tools });
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
  const detail = { type: "DOCKER", platform: "Linux", osVersion: "Debian 12" };
  await storeRow(scene, { type: "image", name: "base", version, status: "AVAILABLE", detail });
});

test("create, get, list, tag, delete", async () => {
  const components = [{ componentArn: `${ARN}component/tools/1.0.0/1` }];
  const arn = `${ARN}container-recipe/web/1.0.0`;
  const more = {
    components,
    description: "web",
    instanceConfiguration: { image: "ami-01a23bc4def5a6789" },
    imageOsVersionOverride: "Debian 12",
    tags: { a: "b" },
  };
  const created = await scene.call("CreateContainerRecipe", recipe("web", { ...more, semanticVersion: "x.x.x", clientToken: "t" }));
  expect(created).toMatchObject({ clientToken: "t", containerRecipeArn: arn, latestVersionReferences: { latestPatchVersionArn: arn } });
  const common = { arn, name: "web", platform: "Linux", owner: "123456789012", containerType: "DOCKER", parentImage: "debian:12" };
  const dated = { ...common, dateCreated: "2026-11-29T10:00:00.000Z", tags: { a: "b" } };
  const { description, instanceConfiguration } = more;
  expect((await scene.call("GetContainerRecipe", { containerRecipeArn: `${ARN}container-recipe/web/1.x.x` })).containerRecipe).toEqual({
    ...{ ...dated, version: "1.0.0", components, description, instanceConfiguration, targetRepository, encrypted: true },
    dockerfileTemplateData: TEMPLATE,
  });
  const filters = [
    { name: "containerType", values: ["DOCKER"] },
    { name: "parentImage", values: ["debian:12"] },
  ];
  expect(await scene.call("ListContainerRecipes", { filters })).toEqual({
    containerRecipeSummaryList: [{ ...dated, instanceImage: "ami-01a23bc4def5a6789" }],
  });
  expect(await scene.refused("ListContainerRecipes", { owner: "ThirdParty" })).toBe(
    "InvalidParameterValueException: The value supplied for parameter 'owner' is not valid. no container recipes have the owner 'ThirdParty'; allowed: Self, Shared and Amazon.",
  );
  await scene.call("TagResource", { resourceArn: arn, tags: { a: "c" } });
  expect((await scene.call("ListTagsForResource", { resourceArn: arn })).tags).toEqual({ a: "c" });
  const policy = '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}]}';
  expect(await scene.call("PutContainerRecipePolicy", { containerRecipeArn: arn, policy })).toEqual({ containerRecipeArn: arn });
  expect(await scene.call("GetContainerRecipePolicy", { containerRecipeArn: arn })).toEqual({ policy });
  expect(await scene.refused("DeleteComponent", { componentBuildVersionArn: `${ARN}component/tools/1.0.0/1` })).toBe(
    `ResourceDependencyException: Resource dependency error: The resource ARN '${ARN}component/tools/1.0.0/1' has other resources depended on it. They are: '${arn}'.`,
  );
  expect(await scene.call("DeleteContainerRecipe", { containerRecipeArn: arn })).toEqual({ containerRecipeArn: arn });
  expect(await scene.refused("GetContainerRecipe", { containerRecipeArn: arn })).toBe(
    `ResourceNotFoundException: Resource of type 'ContainerRecipe' with identifier '${arn}' cannot be found.`,
  );
});

test("a template from S3", async () => {
  scene.objects.set("s3://bucket/Dockerfile", TEMPLATE);
  const { containerRecipeArn } = await scene.call(
    "CreateContainerRecipe",
    recipe("from-s3", { dockerfileTemplateData: undefined, dockerfileTemplateUri: "s3://bucket/Dockerfile" }),
  );
  expect((await scene.call("GetContainerRecipe", { containerRecipeArn })).containerRecipe?.dockerfileTemplateData).toBe(TEMPLATE);
});

test.each([
  "debian:12",
  "amazonlinux",
  "mmdebstrap:bookworm/minimal",
  "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:1.0",
  "localhost:5000/a/b_c@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  `${ARN}image/base/1.x.x`,
  "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-x86-latest/x.x.x",
])("the parent image %s, and a parameter for the machine", async (parentImage) => {
  const input = recipe("parents", { semanticVersion: "x.x.x", parentImage, instanceConfiguration: { image: "ssm:/base/ami" } });
  expect(await scene.refused("CreateContainerRecipe", input)).toMatch(/^no error/);
});

describe("refusals", () => {
  const parent = `${ARN}image/base/1.0.0/1`;
  const ofContainers = "allowed: the name of an image in a registry, such as debian:12, or the ARN of an image";
  const invalid = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`;
  test.each([
    [
      "neither template",
      { dockerfileTemplateData: undefined },
      "InvalidRequestException: The request must have exactly one of 'dockerfileTemplateData' and 'dockerfileTemplateUri'; neither is given.",
    ],
    [
      "a line that a build does not run",
      { dockerfileTemplateData: `${TEMPLATE}RUN true\n` },
      invalid(
        "dockerfileTemplateData",
        "4:1: a build does not run RUN of a Dockerfile template (write it as a step of a component document, with ExecuteBash)",
      ),
    ],
    [
      "no parent image",
      { dockerfileTemplateData: "{{{ imagebuilder:environments }}}\n" },
      invalid("dockerfileTemplateData", "the template has no {{{ imagebuilder:parentImage }}}"),
    ],
    [
      "components without environments",
      { dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n", components: [{ componentArn: `${ARN}component/tools/x.x.x` }] },
      invalid("dockerfileTemplateData", "the template has no {{{ imagebuilder:environments }}}"),
    ],
    [
      "environments in a comment",
      {
        dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n# {{{ imagebuilder:environments }}}\n",
        components: [{ componentArn: `${ARN}component/tools/x.x.x` }],
      },
      invalid("dockerfileTemplateData", "the template has no {{{ imagebuilder:environments }}}"),
    ],
    [
      "components before environments",
      {
        dockerfileTemplateData:
          "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:components }}}\n{{{ imagebuilder:environments }}}\n",
      },
      invalid(
        "dockerfileTemplateData",
        "{{{ imagebuilder:components }}} stands before {{{ imagebuilder:environments }}}; allowed: anywhere behind it",
      ),
    ],
    [
      "an AMI as parent",
      { parentImage: "ami-01a23bc4def5a6789" },
      invalid("parentImage", `found 'ami-01a23bc4def5a6789'; ${ofContainers}`),
    ],
    ["no reference", { parentImage: "Debian 12" }, invalid("parentImage", `found 'Debian 12'; ${ofContainers}`)],
    [
      "a machine that is no AMI",
      { instanceConfiguration: { image: "debian:12" } },
      invalid("instanceConfiguration.image", "found 'debian:12'; allowed: the ID of an AMI (ami-…), or ssm:<parameter>"),
    ],
    [
      "another platform than the parent image",
      { parentImage: parent, platformOverride: "Windows" },
      invalid("platformOverride", "the parent image is for Linux; allowed: Linux"),
    ],
    [
      "another operating system than the parent image",
      { parentImage: parent, imageOsVersionOverride: "Debian 13" },
      invalid("imageOsVersionOverride", "the parent image has Debian 12; allowed: Debian 12"),
    ],
    [
      "an operating system that a component does not support",
      { imageOsVersionOverride: "Debian 12", components: [{ componentArn: `${ARN}component/for-ubuntu/x.x.x` }] },
      invalid("imageOsVersionOverride", "it is Debian 12, and a component supports Ubuntu 24, Ubuntu 26 only"),
    ],
    ["macOS", { platformOverride: "macOS" }, invalid("platformOverride", "there are no containers for macOS; allowed: Linux and Windows")],
    [
      "another platform than the components",
      { platformOverride: "Windows", components: [{ componentArn: `${ARN}component/tools/x.x.x` }] },
      invalid("platformOverride", "the components are for Linux; allowed: one platform"),
    ],
    [
      "a device",
      { instanceConfiguration: { blockDeviceMappings: [{ ebs: { kmsKeyId: "k" } }] } },
      invalid("instanceConfiguration.blockDeviceMappings[0]", "'kmsKeyId' needs 'encrypted': true"),
    ],
    [
      "a missing component",
      { components: [{ componentArn: `${ARN}component/none/x.x.x` }] },
      invalid("components[0].componentArn", `Resource of type 'Component' with identifier '${ARN}component/none/x.x.x' cannot be found`),
    ],
  ])("%s", async (_, more, expected) => {
    expect(await scene.refused("CreateContainerRecipe", recipe("refused", more))).toBe(expected);
  });

  test("a version that exists", async () => {
    await scene.call("CreateContainerRecipe", recipe("exists"));
    expect(await scene.refused("CreateContainerRecipe", recipe("exists"))).toBe(
      `ResourceAlreadyExistsException: The following resource 'ContainerRecipe' already exists: '${ARN}container-recipe/exists/1.0.0'.`,
    );
  });
});
