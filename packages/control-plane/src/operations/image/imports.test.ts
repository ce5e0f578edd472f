import { beforeAll, describe, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, Scene } from "../../testing/scene.js";
import { storeImageSources } from "../../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const get = async (imageBuildVersionArn: string | undefined) => (await scene.call("GetImage", { imageBuildVersionArn })).image;
const value = (parameter: string, reason: string) =>
  `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`;
const origin = async (arn: string | undefined) => {
  const { rows } = await scene.pool.query<{ document: string }>("select document from resource where arn = $1", [arn]);
  return JSON.parse(rows[0]?.document ?? "null") as unknown;
};
const DATE = { dateCreated: "2026-11-29T10:00:00.000Z" };
const PENDING = { state: { status: "PENDING" }, outputResources: {} };

const machine = (more: object = {}) => ({
  ...{ name: "My Machine", semanticVersion: "1.0.0", platform: "Linux", vmImportTaskId: "import-ami-0123456789abcdef0" },
  ...more,
});

test("IMG-010: ImportVmImage makes the next build of an image of the type AMI, which recipes can name before it is there", async () => {
  const more = { description: "from a laptop", osVersion: "Debian 12", tags: { a: "b" } };
  const created = await scene.call("ImportVmImage", machine({ ...more, clientToken: "i1" }));
  expect(created).toEqual({ clientToken: "i1", imageArn: `${ARN}image/my-machine/1.0.0/1` });
  expect(await get(created.imageArn)).toEqual({
    ...{ arn: created.imageArn, type: "AMI", name: "My Machine", version: "1.0.0/1", platform: "Linux", osVersion: "Debian 12" },
    ...{ ...PENDING, ...DATE, buildType: "IMPORT", imageSource: "IMPORTED", tags: { a: "b" } },
  });
  expect(await origin(created.imageArn)).toEqual({ description: "from a laptop", vmImportTaskId: "import-ami-0123456789abcdef0" });
  const recipe = await scene.call("CreateImageRecipe", { name: "on-import", semanticVersion: "1.0.0", parentImage: created.imageArn });
  expect(recipe.imageRecipeArn).toBe(`${ARN}image-recipe/on-import/1.0.0`);
  expect((await scene.call("ImportVmImage", machine({ name: "my_machine" }))).imageArn).toBe(`${ARN}image/my-machine/1.0.0/2`);
});

test.each([
  ["a name", machine({ name: "a/b" }), value("name", 'the name has "/"; allowed: letters, digits, "-", "_" and spaces between them')],
  ["a version", machine({ semanticVersion: "1.0.1073741824" }), "InvalidParameterValueException: The value supplied for"],
  ["a platform", machine({ platform: "BeOS" }), "InvalidParameterValueException: The value supplied for parameter 'platform' is not"],
  ["no task", machine({ vmImportTaskId: undefined }), value("vmImportTaskId", 'the request must have "vmImportTaskId"')],
  [
    "a log group",
    machine({ loggingConfiguration: { logGroupName: "mine" } }),
    value(
      "loggingConfiguration",
      "the log group 'mine' is not one of imports; allowed: log groups whose name begins with '/aws/imagebuilder/'",
    ),
  ],
] as const)("ImportVmImage refuses %s", async (_, input, expected) => {
  expect((await scene.refused("ImportVmImage", input)).slice(0, expected.length)).toBe(expected);
});

const disk = (more: object = {}) => ({
  ...{ name: "Windows Eleven", semanticVersion: "1.0.0", platform: "Windows", osVersion: "Microsoft Windows 11" },
  ...{ infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small`, uri: "s3://disks/windows/eleven.iso" },
  ...more,
});

test("ImportDiskImage makes an image with a copy of its infrastructure configuration, and keeps what its run needs", async () => {
  const more = { registerImageOptions: { secureBootEnabled: true, uefiData: "AA==" }, windowsConfiguration: { imageIndex: 3 } };
  const role = { executionRole: "builder", loggingConfiguration: { logGroupName: "mine" } };
  const { imageBuildVersionArn: arn } = await scene.call("ImportDiskImage", disk({ ...more, ...role }));
  expect(arn).toBe(`${ARN}image/windows-eleven/1.0.0/1`);
  expect(await get(arn)).toEqual({
    ...{ arn, type: "AMI", name: "Windows Eleven", version: "1.0.0/1", platform: "Windows", osVersion: "Microsoft Windows 11" },
    ...{ ...PENDING, ...DATE, buildType: "IMPORT_ISO", imageSource: "IMPORTED", tags: {}, ...role },
    infrastructureConfiguration: expect.objectContaining({ name: "small", instanceProfileName: "builder" }) as unknown,
  });
  expect(await origin(arn)).toMatchObject({ diskImport: { uri: "s3://disks/windows/eleven.iso", ...more } });
});

test.each([
  ["another platform", disk({ platform: "Linux" }), value("platform", "found 'Linux'; allowed: Windows")],
  ["another system", disk({ osVersion: "Windows 10" }), value("osVersion", "found 'Windows 10'; allowed: Microsoft Windows 11")],
  [
    "another file",
    disk({ uri: "s3://disks/eleven.img" }),
    value("uri", "it must be the address of an ISO file in S3; allowed: s3://<bucket>/<key> with the ending .iso, .ISO or .Iso"),
  ],
  [
    "UEFI data without Secure Boot",
    disk({ registerImageOptions: { secureBootEnabled: false, uefiData: "AA==" } }),
    "InvalidRequestException: 'uefiData' is for Secure Boot: it cannot be given while 'secureBootEnabled' is false.",
  ],
  [
    "a missing infrastructure configuration",
    disk({ infrastructureConfigurationArn: `${ARN}infrastructure-configuration/none` }),
    `ResourceNotFoundException: Resource of type 'InfrastructureConfiguration' with identifier '${ARN}infrastructure-configuration/none' cannot be found.`,
  ],
] as const)("ImportDiskImage refuses %s", async (_, input, expected) => {
  expect(await scene.refused("ImportDiskImage", input)).toBe(expected);
});

describe("BLD-022: DistributeImage", () => {
  const distribute = (sourceImage: string, more: object = {}) => ({
    ...{ sourceImage, distributionConfigurationArn: `${ARN}distribution-configuration/everywhere`, executionRole: "builder" },
    ...more,
  });
  const source = async (region: string, recipe: object = { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0` }) => {
    const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/small`;
    const { imageBuildVersionArn = "" } = await scene.call("CreateImage", { infrastructureConfigurationArn, ...recipe });
    const outputResources = { amis: [{ region, image: "ami-0123456789abcdef0", accountId: ACCOUNT }] };
    await scene.plane.images.transition(imageBuildVersionArn, "AVAILABLE", { outputResources });
    return imageBuildVersionArn;
  };

  test("of an image makes its next build, with the distribution configuration as it is", async () => {
    const sourceImage = await source("eu-west-1");
    const { imageBuildVersionArn: arn } = await scene.call(
      "DistributeImage",
      distribute(`${ARN}image/web-server/x.x.x`, { tags: { a: "b" } }),
    );
    expect(arn).toBe(`${ARN}image/web-server/1.0.0/2`);
    expect(await get(arn)).toEqual({
      ...{ arn, type: "AMI", name: "Web Server", version: "1.0.0/2", platform: "Linux", ...PENDING, ...DATE, tags: { a: "b" } },
      ...{ buildType: "USER_INITIATED", imageSource: "AMAZON_MANAGED", executionRole: "builder" },
      distributionConfiguration: expect.objectContaining({ name: "everywhere" }) as unknown,
    });
    expect(await origin(arn)).toMatchObject({ sourceImage });
  });

  test.each(["ami-0123456789abcdef0", "ssm:/images/latest"])("of %s makes an image named like the configuration", async (sourceImage) => {
    const { imageBuildVersionArn: arn } = await scene.call("DistributeImage", distribute(sourceImage));
    expect(arn?.replace(/\d+$/, "")).toBe(`${ARN}image/everywhere/1.0.0/`);
    expect(await origin(arn)).toMatchObject({ sourceImage });
  });

  test("refuses what has no AMI to distribute", async () => {
    const [elsewhere, box] = [
      await source("us-east-1"),
      await source("eu-west-1", { containerRecipeArn: `${ARN}container-recipe/box/1.0.0` }),
    ];
    const pending = `${ARN}image/everywhere/1.0.0/1`;
    const of = (sourceImage: string) => scene.refused("DistributeImage", distribute(sourceImage));
    expect(await of("ami-xyz")).toBe(
      value("sourceImage", "found 'ami-xyz'; allowed: the ID of an AMI (ami-…), ssm:<parameter>, or the ARN of an image"),
    );
    expect(await of(pending)).toBe(value("sourceImage", `the image '${pending}' is PENDING; allowed: images that are AVAILABLE`));
    expect(await of(box)).toBe(value("sourceImage", `the image '${box}' is a container image; allowed: AMIs`));
    expect(await of(elsewhere)).toBe(value("sourceImage", `the image '${elsewhere}' has no AMI in the Region eu-west-1`));
    const abroad = { distributionConfigurationArn: `${ARN.replace("eu-west-1", "us-east-1")}distribution-configuration/everywhere` };
    expect(await scene.refused("DistributeImage", distribute("ami-0123456789abcdef0", abroad))).toMatch(
      /us-east-1.*eu-west-1|^ResourceNotFoundException: /,
    );
    const role = { executionRole: undefined };
    expect(await scene.refused("DistributeImage", distribute("ami-0123456789abcdef0", role))).toBe(
      value("executionRole", 'the request must have "executionRole"'),
    );
  });
});
