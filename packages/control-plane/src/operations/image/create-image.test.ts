import { beforeAll, describe, expect, test } from "@jest/globals";
import { ARN, Scene } from "../../testing/scene.js";
import { storeImageSources, storeRow } from "../../testing/store-row.js";

const scene = new Scene();
const TIME = "2026-11-29T10:00:00.000Z";
const image = (more: object = {}) => ({
  imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0`,
  infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small`,
  ...more,
});
const container = (more: object = {}) =>
  image({ imageRecipeArn: undefined, containerRecipeArn: `${ARN}container-recipe/box/1.0.0`, ...more });
const role = `arn:aws:iam::123456789012:role/service-role/builder`;
const workflow = (name: string, more: object = {}) => ({ workflowArn: `${ARN}workflow/${name}/1.0.0`, ...more });
const BUILD_DOCUMENT = `schemaVersion: 1.0
parameters:
  - { name: size, type: integer, default: 8 }
  - { name: zone, type: string }
steps:
  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }
`;
const TEST_DOCUMENT = BUILD_DOCUMENT.replace(/parameters:\n.*\n.*\n/, "");

beforeAll(async () => {
  await storeImageSources(scene);
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
  await storeRow(scene, { type: "workflow/build", name: "make", version, detail: { type: "BUILD" }, document: BUILD_DOCUMENT });
  await storeRow(scene, { type: "workflow/test", name: "try", version, detail: { type: "TEST" }, document: TEST_DOCUMENT });
});

describe("CreateImage", () => {
  test("BLD-005: makes a PENDING build with the name and version of the recipe, and keeps copies of what it was made from", async () => {
    const tags = { team: "web" };
    const created = await scene.call("CreateImage", image({ tags, clientToken: "t1" }));
    const arn = `${ARN}image/web-server/1.0.0/1`;
    const latestVersionReferences = {
      latestVersionArn: `${ARN}image/web-server/x.x.x`,
      latestMajorVersionArn: `${ARN}image/web-server/1.x.x`,
      latestMinorVersionArn: `${ARN}image/web-server/1.0.x`,
      latestPatchVersionArn: `${ARN}image/web-server/1.0.0`,
    };
    expect(created).toEqual({ clientToken: "t1", imageBuildVersionArn: arn, latestVersionReferences });
    expect(await scene.call("GetImage", { imageBuildVersionArn: arn })).toEqual({
      image: {
        ...{ arn, type: "AMI", name: "Web Server", version: "1.0.0/1", platform: "Linux", dateCreated: TIME, tags },
        ...{ state: { status: "PENDING" }, buildType: "USER_INITIATED", imageSource: "AMAZON_MANAGED", outputResources: {} },
        ...{ enhancedImageMetadataEnabled: true, imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 } },
        imageRecipe: {
          ...{ arn: `${ARN}image-recipe/web-server/1.0.0`, name: "Web Server", version: "1.0.0", owner: "123456789012", platform: "Linux" },
          ...{
            parentImage: "arn:aws:imagebuilder:eu-west-1:aws:image/debian-12/x.x.x",
            description: "web",
            type: "AMI",
            dateCreated: TIME,
            tags: {},
          },
        },
        infrastructureConfiguration: {
          ...{ arn: `${ARN}infrastructure-configuration/small`, name: "small", dateCreated: TIME, tags: {} },
          instanceProfileName: "builder",
        },
      },
      latestVersionReferences,
    });
  });

  test("takes the newest recipe that fits wildcards, and everything that a request may have", async () => {
    const settings = {
      imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 90 },
      imageScanningConfiguration: { imageScanningEnabled: true, ecrConfiguration: { repositoryName: "scans", containerTags: ["a"] } },
      enhancedImageMetadataEnabled: false,
      loggingConfiguration: { logGroupName: "/my/group" },
      executionRole: role,
      workflows: [
        workflow("build/make", { parameters: [{ name: "zone", value: ["a"] }] }),
        workflow("test/try", { parallelGroup: "one", onFailure: "CONTINUE" }),
      ],
    };
    const distributionConfigurationArn = `${ARN}distribution-configuration/everywhere`;
    const request = image({ imageRecipeArn: `${ARN}image-recipe/web-server/1.x.x`, distributionConfigurationArn, ...settings });
    const { imageBuildVersionArn } = await scene.call("CreateImage", request);
    expect(imageBuildVersionArn).toBe(`${ARN}image/web-server/1.2.0/1`);
    expect((await scene.call("GetImage", { imageBuildVersionArn })).image).toMatchObject({
      ...{ ...settings, scanState: { status: "PENDING" } },
      imageRecipe: { arn: `${ARN}image-recipe/web-server/1.2.0` },
      distributionConfiguration: { arn: distributionConfigurationArn, distributions: [{ region: "eu-west-1" }] },
    });
  });

  test("of a container recipe makes a container image, with the Dockerfile in its copy", async () => {
    const { imageBuildVersionArn } = await scene.call("CreateImage", container());
    const { image: got } = await scene.call("GetImage", { imageBuildVersionArn });
    expect(got).toMatchObject({ type: "DOCKER", name: "Box", imageSource: "CUSTOM" });
    expect(got?.imageRecipe).toBeUndefined();
    expect(got?.containerRecipe).toMatchObject({ version: "1.0.0", dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n" });
  });

  test("BLD-025: the copies of recipe and configurations stay as they were, also when these are changed or gone", async () => {
    const name = "changing";
    const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/${name}`;
    const distributionConfigurationArn = `${ARN}distribution-configuration/${name}`;
    const imageRecipeArn = `${ARN}image-recipe/${name}/1.0.0`;
    await storeRow(scene, { type: "infrastructure-configuration", name, detail: { instanceProfileName: "first" } });
    await storeRow(scene, { type: "distribution-configuration", name, detail: { distributions: [{ region: "eu-west-1" }] } });
    const version = { major: 1, minor: 0, patch: 0, text: "1.0.0" };
    await storeRow(scene, { type: "image-recipe", name, version, detail: { description: "of the first day" } });
    const named = { imageRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn };
    const { imageBuildVersionArn } = await scene.call("CreateImage", image(named));
    await scene.pool.query(
      `update resource set detail = '{"instanceProfileName": "second"}' where slug = $1 and kind = 'infrastructure-configuration'`,
      [name],
    );
    await scene.call("DeleteDistributionConfiguration", { distributionConfigurationArn });
    await scene.call("DeleteImageRecipe", { imageRecipeArn });
    const { image: got } = await scene.call("GetImage", { imageBuildVersionArn });
    expect(got).toMatchObject({
      imageRecipe: { arn: imageRecipeArn, description: "of the first day" },
      infrastructureConfiguration: { arn: infrastructureConfigurationArn, instanceProfileName: "first" },
      distributionConfiguration: { arn: distributionConfigurationArn, distributions: [{ region: "eu-west-1" }] },
    });
  });

  test("fifty at once get the numbers 1 to 50, each with its event", async () => {
    await storeRow(scene, { type: "image-recipe", name: "many", version: { major: 1, minor: 0, patch: 0, text: "1.0.0" }, detail: {} });
    const calls = Array.from({ length: 50 }, () => scene.call("CreateImage", image({ imageRecipeArn: `${ARN}image-recipe/many/x.x.x` })));
    const arns = (await Promise.all(calls)).map(({ imageBuildVersionArn = "" }) => imageBuildVersionArn);
    const numbers = arns.map((arn) => Number(arn.split("/").at(-1))).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    const events = "select distinct subject from event_outbox where subject like '%/many/%' and state = 'PENDING'";
    expect((await scene.pool.query(events)).rowCount).toBe(50);
  });

  test("a repeated call with its client token makes no second build", async () => {
    const first = await scene.call("CreateImage", image({ clientToken: "again" }));
    const explicit = { enhancedImageMetadataEnabled: true, imageTestsConfiguration: { imageTestsEnabled: true } };
    expect(await scene.call("CreateImage", image({ clientToken: "again", ...explicit }))).toEqual(first);
  });
});

describe("CreateImage refuses", () => {
  const value = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`.replace("?.", "?");
  const withWorkflows = (...workflows: object[]) => image({ executionRole: role, workflows });
  const zone = { parameters: [{ name: "zone", value: ["a"] }] };
  const BOTH = "The request must have exactly one of 'imageRecipeArn' and 'containerRecipeArn'";
  test.each([
    ["no recipe", image({ imageRecipeArn: undefined }), `InvalidRequestException: ${BOTH}; neither is given.`],
    ["two recipes", image({ containerRecipeArn: `${ARN}container-recipe/box/1.0.0` }), `InvalidRequestException: ${BOTH}; both are given.`],
    [
      "a missing recipe",
      image({ imageRecipeArn: `${ARN}image-recipe/none/1.0.0` }),
      `ResourceNotFoundException: Resource of type 'ImageRecipe' with identifier '${ARN}image-recipe/none/1.0.0' cannot be found.`,
    ],
    [
      "a missing infrastructure configuration",
      image({ infrastructureConfigurationArn: `${ARN}infrastructure-configuration/none` }),
      `ResourceNotFoundException: Resource of type 'InfrastructureConfiguration' with identifier '${ARN}infrastructure-configuration/none' cannot be found.`,
    ],
    [
      "a missing distribution configuration",
      image({ distributionConfigurationArn: `${ARN}distribution-configuration/none` }),
      `ResourceNotFoundException: Resource of type 'DistributionConfiguration' with identifier '${ARN}distribution-configuration/none' cannot be found.`,
    ],
    [
      "a scan without tests",
      image({ imageScanningConfiguration: { imageScanningEnabled: true }, imageTestsConfiguration: { imageTestsEnabled: false } }),
      "InvalidRequestException: An image is scanned while it is tested: 'imageScanningEnabled' cannot be true while 'imageTestsEnabled' is false.",
    ],
    [
      "workflows without a role",
      image({ workflows: [workflow("build/make")] }),
      "InvalidRequestException: A request with 'workflows' must have 'executionRole'.",
    ],
    [
      "a role of another account",
      image({ executionRole: "arn:aws:iam::210987654321:role/builder" }),
      value("executionRole", "the role is of the account 210987654321; allowed: roles of the account 123456789012"),
    ],
    [
      "a log group that needs a role",
      image({ loggingConfiguration: { logGroupName: "/my/group" } }),
      value(
        "loggingConfiguration",
        "the log group '/my/group' needs an 'executionRole' that may write to it; allowed without one: log groups whose name begins with '/aws/imagebuilder/'",
      ),
    ],
    [
      "a missing workflow",
      withWorkflows(workflow("build/none")),
      `ResourceNotFoundException: Resource of type 'Workflow' with identifier '${ARN}workflow/build/none/1.0.0' cannot be found.`,
    ],
    [
      "a parameter without a value",
      withWorkflows(workflow("build/make")),
      value("workflows", `workflow "workflow/build/make/1.0.0/1": the parameter "zone" must have a value`),
    ],
    [
      "an unknown parameter",
      withWorkflows(workflow("build/make", { parameters: [...zone.parameters, { name: "zome", value: ["a"] }] })),
      value(
        "workflows",
        `workflow "workflow/build/make/1.0.0/1": unknown parameter "zome"; allowed: "size" or "zone"; did you mean "zone"?`,
      ),
    ],
    [
      "a value of another type",
      withWorkflows(workflow("build/make", { parameters: [...zone.parameters, { name: "size", value: ["big"] }] })),
      value("workflows", `workflow "workflow/build/make/1.0.0/1": parameter "size" must be a whole number; found "big"`),
    ],
    [
      "two build workflows",
      withWorkflows(workflow("build/make", zone), workflow("build/make", zone)),
      value("workflows", "an image has at most 1 workflow of the type BUILD; found 2"),
    ],
    [
      "a group of build workflows",
      withWorkflows(workflow("build/make", { ...zone, parallelGroup: "one" })),
      value("workflows", `only test workflows have "parallelGroup"; the type of "workflow/build/make/1.0.0/1" is BUILD`),
    ],
    [
      "eleven test workflows",
      withWorkflows(...Array.from({ length: 11 }, () => workflow("test/try"))),
      value("workflows", "an image has at most 10 workflows of the type TEST; found 11"),
    ],
    ["a time limit of tests", image({ imageTestsConfiguration: { timeoutMinutes: 59 } }), "InvalidParameterValueException"],
  ] as const)("%s", async (_, input, expected) => {
    const refusal = await scene.refused("CreateImage", input);
    expect(refusal.slice(0, /[.?]$/.test(expected) ? undefined : expected.length)).toBe(expected);
  });
});
