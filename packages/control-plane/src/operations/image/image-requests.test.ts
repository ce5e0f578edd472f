// What the service promises of a request for an image, each capability by itself.
import type { Api } from "@imagewright/imagebuilder-model";
import { beforeAll, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, documentWith, Scene } from "../../testing/scene.js";
import { storeImageSources, storeRow } from "../../testing/store-row.js";

const scene = new Scene();
const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/small`;
const imageRecipeArn = `${ARN}image-recipe/web-server/1.0.0`;
const containerRecipeArn = `${ARN}container-recipe/box/1.0.0`;
const input = { imageRecipeArn, infrastructureConfigurationArn };

beforeAll(async () => {
  await storeImageSources(scene);
});

const create = async (more: object = {}) => (await scene.call("CreateImage", { ...input, ...more })).imageBuildVersionArn ?? "";
const get = async (imageBuildVersionArn = ""): Promise<Api.Image> => (await scene.call("GetImage", { imageBuildVersionArn })).image ?? {};
const errorOf = async (request: object) => (await scene.refused("CreateImage", request)).split(":")[0];

test("BLD-001: a request has exactly one recipe, and an infrastructure configuration", async () => {
  expect(await errorOf({ infrastructureConfigurationArn })).toBe("InvalidRequestException");
  expect(await errorOf({ ...input, containerRecipeArn })).toBe("InvalidRequestException");
  expect(await errorOf({ imageRecipeArn })).toBe("InvalidParameterValueException");
  expect((await get(await create())).type).toBe("AMI");
  expect((await get(await create({ imageRecipeArn: undefined, containerRecipeArn }))).type).toBe("DOCKER");
});

test("BLD-002: workflows need an execution role; an image without both has none of its own", async () => {
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
  const document = "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n";
  await storeRow(scene, { type: "workflow/build", name: "own", version, detail: { type: "BUILD" }, document });
  const workflows = [{ workflowArn: `${ARN}workflow/build/own/1.0.0/1` }];
  expect(await scene.refused("CreateImage", { ...input, workflows })).toBe(
    "InvalidRequestException: A request with 'workflows' must have 'executionRole'.",
  );
  expect(await get(await create({ workflows, executionRole: "runner" }))).toMatchObject({ workflows, executionRole: "runner" });
  const without = await get(await create());
  expect([without.workflows, without.executionRole]).toEqual([undefined, undefined]);
});

test("BLD-004: the next build has the number above the highest one, of failed and cancelled builds too", async () => {
  const more = { imageRecipeArn: `${ARN}image-recipe/web-server/1.2.0` };
  const versions = [];
  for (const end of ["FAILED", "CANCELLED", "AVAILABLE"] as const) {
    const arn = await create(more);
    await scene.plane.images.transition(arn, end);
    versions.push((await get(arn)).version);
  }
  expect(versions).toEqual(["1.2.0/1", "1.2.0/2", "1.2.0/3"]);
});

test("BLD-015: the time limit of tests is 60 to 1,440 minutes, 720 if none is given", async () => {
  const limited = (timeoutMinutes: number) => ({ imageTestsConfiguration: { timeoutMinutes } });
  for (const minutes of [60, 1440])
    expect((await get(await create(limited(minutes)))).imageTestsConfiguration).toEqual({
      ...{ imageTestsEnabled: true, timeoutMinutes: minutes },
    });
  expect((await get(await create())).imageTestsConfiguration?.timeoutMinutes).toBe(720);
  for (const minutes of [59, 1441]) expect(await errorOf({ ...input, ...limited(minutes) })).toBe("InvalidParameterValueException");
});

const semantic = { name: "Imported", semanticVersion: "1.0.0" };
const importMachine = async () =>
  (await scene.call("ImportVmImage", { ...semantic, platform: "Linux", vmImportTaskId: "import-ami-0123456789abcdef0" })).imageArn ?? "";

test("BLD-023: an image says whether a person, a schedule or an import has asked for it", async () => {
  const schedule = { scheduleExpression: "rate(1 day)" };
  await scene.call("CreateImagePipeline", { ...input, name: "nightly", schedule });
  const [scheduled] = await scene.plane.pipelines.runDue({ most: 10 });
  const byHand = await scene.call("StartImagePipelineExecution", { imagePipelineArn: `${ARN}image-pipeline/nightly` });
  const disk = { ...semantic, name: "Disk", platform: "Windows", osVersion: "Microsoft Windows 11", uri: "s3://disks/eleven.iso" };
  const fromDisk = await scene.call("ImportDiskImage", { ...disk, infrastructureConfigurationArn });
  const arns = [
    await create(),
    byHand.imageBuildVersionArn,
    scheduled?.imageArn ?? "",
    await importMachine(),
    fromDisk.imageBuildVersionArn,
  ];
  expect(await Promise.all(arns.map(async (arn) => (await get(arn)).buildType))).toEqual([
    ...["USER_INITIATED", "USER_INITIATED", "SCHEDULED", "IMPORT", "IMPORT_ISO"],
  ]);
});

test("BLD-024: an image says where its base image comes from", async () => {
  const imported = await importMachine();
  const parents: readonly (readonly [string, string])[] = [
    ["arn:aws:imagebuilder:eu-west-1:aws:image/debian-12/x.x.x", "AMAZON_MANAGED"],
    ["arn:aws:imagebuilder:eu-west-1:aws-marketplace:image/hardened/x.x.x", "AWS_MARKETPLACE"],
    [imported, "IMPORTED"],
    [`${ARN}image/web-server/x.x.x`, "CUSTOM"],
    ["ami-0123456789abcdef0", "CUSTOM"],
  ];
  const found: string[][] = [];
  for (const [index, [parentImage]] of parents.entries()) {
    const version = { major: 1, minor: 0, patch: 0, text: "1.0.0" };
    await storeRow(scene, { type: "image-recipe", name: `from-${index}`, version, detail: { platform: "Linux", parentImage } });
    found.push([parentImage, (await get(await create({ imageRecipeArn: `${ARN}image-recipe/from-${index}/1.0.0` }))).imageSource ?? ""]);
  }
  expect(found).toEqual(parents);
  expect((await get(imported)).imageSource).toBe("IMPORTED");
});

test("IMG-001: an image shows what it is, what it was made of, what has become of it, and how it was asked for", async () => {
  const distributionConfigurationArn = `${ARN}distribution-configuration/everywhere`;
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
  const document = "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n";
  await storeRow(scene, { type: "workflow/test", name: "shown", version, detail: { type: "TEST" }, document });
  const settings = {
    imageScanningConfiguration: { imageScanningEnabled: true },
    workflows: [{ workflowArn: `${ARN}workflow/test/shown/1.0.0/1`, parallelGroup: "all", onFailure: "CONTINUE" }],
    executionRole: "runner",
  };
  await scene.call("CreateImagePipeline", { ...input, name: "showing", distributionConfigurationArn, ...settings });
  const sourcePipelineArn = `${ARN}image-pipeline/showing`;
  const { imageBuildVersionArn: arn = "" } = await scene.call("StartImagePipelineExecution", {
    ...{ imagePipelineArn: sourcePipelineArn, tags: { team: "web" } },
  });
  const outputResources = { amis: [{ region: "eu-west-1", image: "ami-0123456789abcdef0", accountId: ACCOUNT }] };
  await scene.plane.images.transition(arn, "AVAILABLE", { outputResources, osVersion: "Debian GNU/Linux 12" });
  const deprecationTime = new Date(scene.now + 86_400_000).toISOString();
  await scene.plane.images.transition(arn, "DEPRECATED", { deprecationTime });
  const image = await get(arn);
  const { workflows, executionRole, imageScanningConfiguration } = settings;
  expect(image).toMatchObject({
    ...{ arn, type: "AMI", name: "Web Server", platform: "Linux", osVersion: "Debian GNU/Linux 12", state: { status: "DEPRECATED" } },
    ...{ version: expect.stringMatching(/^1\.0\.0\/\d+$/), dateCreated: expect.any(String), tags: { team: "web" } },
    ...{ imageRecipe: { arn: imageRecipeArn }, infrastructureConfiguration: { arn: infrastructureConfigurationArn } },
    ...{ distributionConfiguration: { arn: distributionConfigurationArn }, outputResources, sourcePipelineArn },
    ...{ buildType: "USER_INITIATED", imageSource: "AMAZON_MANAGED", scanState: { status: "ABANDONED" }, imageScanningConfiguration },
    ...{ workflows, executionRole, imageTestsConfiguration: { imageTestsEnabled: true }, enhancedImageMetadataEnabled: true },
  });
  expect(new Date(image.deprecationTime ?? 0).toISOString()).toBe(deprecationTime);
});

test("IMG-002: only an image of a pipeline's run names the pipeline, by its ARN", async () => {
  await scene.call("CreateImagePipeline", { ...input, name: "naming" });
  const imagePipelineArn = `${ARN}image-pipeline/naming`;
  const { imageBuildVersionArn } = await scene.call("StartImagePipelineExecution", { imagePipelineArn });
  const [ofPipeline, other] = [await get(imageBuildVersionArn), await get(await create())];
  expect([ofPipeline.sourcePipelineArn, other.sourcePipelineArn]).toEqual([imagePipelineArn, undefined]);
  for (const image of [ofPipeline, other]) expect(Object.keys(image)).not.toContain("sourcePipelineName");
});

test("IMG-003: the version of a build has its number, in lists and alone; that of a version has none", async () => {
  await create();
  const versions = (await scene.call("ListImages", { filters: [{ name: "name", values: ["Web Server"] }] })).imageVersionList ?? [];
  const builds = (await scene.call("ListImageBuildVersions", { imageVersionArn: `${ARN}image/web-server/1.0.0` })).imageSummaryList ?? [];
  expect(versions.map(({ version }) => version)).toEqual(["1.0.0", "1.2.0"]);
  expect(builds.slice(0, 2).map(({ version }) => version)).toEqual(["1.0.0/1", "1.0.0/2"]);
  expect((await get(builds[0]?.arn)).version).toBe("1.0.0/1");
});

test("IMG-007: an image is not deleted while it is made, while it is shared, and while a recipe depends on it", async () => {
  const arn = await create({ imageRecipeArn: undefined, containerRecipeArn });
  const remove = () => scene.refused("DeleteImage", { imageBuildVersionArn: arn });
  expect(await remove()).toMatch(/^InvalidRequestException: .*while it is PENDING\. Cancel its creation first/);
  await scene.plane.images.transition(arn, "AVAILABLE");
  const share = (account: string) => {
    const Statement = [{ Effect: "Allow", Principal: { AWS: account }, Action: "imagebuilder:GetImage", Resource: arn }];
    return scene.call("PutImagePolicy", { imageArn: arn, policy: JSON.stringify({ Statement }) });
  };
  await share("210987654321");
  expect(await remove()).toMatch(/^ResourceDependencyException: .* is shared with the accounts 210987654321\./);
  await share(ACCOUNT);
  const recipe = { name: "child", semanticVersion: "1.0.0", parentImage: arn, containerType: "DOCKER" };
  const child = await scene.call("CreateContainerRecipe", {
    ...{ ...recipe, dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n" },
    ...{ components: [{ componentArn: await component() }], targetRepository: { service: "ECR", repositoryName: "child" } },
  });
  expect(await remove()).toBe(
    `ResourceDependencyException: Resource dependency error: The resource ARN '${arn}' has other resources depended on it. They are: '${child.containerRecipeArn}'.`,
  );
  await scene.call("DeleteContainerRecipe", { containerRecipeArn: child.containerRecipeArn });
  expect(await remove()).toMatch(/^no error: /);
});

test("IMG-008: a shared image, or one of Amazon, is a base image, and nobody else changes it", async () => {
  const consumer = { account: "210987654321" };
  const shared = await create();
  await scene.plane.images.transition(shared, "AVAILABLE");
  const Statement = [{ Effect: "Allow", Principal: { AWS: consumer.account }, Action: "imagebuilder:*", Resource: shared }];
  await scene.call("PutImagePolicy", { imageArn: shared, policy: JSON.stringify({ Statement }) });
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
  const row = { type: "image", name: "debian-12", version, status: "AVAILABLE", detail: { type: "AMI", platform: "Linux" } } as const;
  const { id } = await storeRow(scene, row);
  const amazon = `${ARN.replace(ACCOUNT, "aws")}image/debian-12/1.0.0/1`;
  await scene.pool.query("update resource set owner = 'aws', arn = $2 where id = $1", [id, amazon]);
  for (const [arn, error] of [
    [shared, "ResourceNotFoundException"],
    [amazon, "ForbiddenException"],
  ] as const) {
    const name = `on-${error}`;
    const recipe = { name, semanticVersion: "1.0.0", parentImage: arn };
    expect(await scene.refused("CreateImageRecipe", recipe, consumer)).toMatch(/^no error: /);
    const changes = [
      scene.refused("DeleteImage", { imageBuildVersionArn: arn }, consumer),
      scene.refused("TagResource", { resourceArn: arn, tags: { a: "b" } }, consumer),
      scene.refused("StartResourceStateUpdate", { resourceArn: arn, state: { status: "DEPRECATED" } }, consumer),
    ];
    expect((await Promise.all(changes)).map((refusal) => refusal.split(":")[0])).toEqual([error, error, error]);
  }
});

async function component(): Promise<string> {
  const request = { name: "tools", semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") };
  return (await scene.call("CreateComponent", request)).componentBuildVersionArn ?? "";
}
