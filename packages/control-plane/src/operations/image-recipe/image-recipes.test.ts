import { beforeAll, describe, expect, test } from "@jest/globals";
import { ARN, documentWith, Scene } from "../../testing/scene.js";
import { storeRow } from "../../testing/store-row.js";

const scene = new Scene({ componentsOfRecipe: 3 });
const tools = `${ARN}component/tools/x.x.x`;
const recipe = (name: string, more: object = {}) => ({ name, semanticVersion: "1.0.0", parentImage: "ami-01a23bc4def5a6789", ...more });
const components = (...arns: readonly string[]) => ({ components: arns.map((componentArn) => ({ componentArn })) });
const createComponent = (name: string, more: object = {}) =>
  scene.call("CreateComponent", { name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true"), ...more });

beforeAll(async () => {
  await createComponent("tools");
  const parameters = [{ Port: { type: "string", default: "80", allowedValues: ["80", "443"] } }, { Host: { type: "string" } }];
  const data = JSON.stringify({ ...(JSON.parse(documentWith("echo {{ Port }} {{ Host }}")) as object), parameters });
  await createComponent("with-parameters", { data });
  const windows = documentWith("dir").replace("ExecuteBash", "ExecutePowerShell");
  await createComponent("windows-tools", { platform: "Windows", data: windows });
  await createComponent("for-ubuntu", { supportedOsVersions: ["Ubuntu 24", "Ubuntu 26"] });
  for (const [build, status, osVersion] of [
    [1, "AVAILABLE", "Debian 12"],
    [2, "FAILED", "Ubuntu 24"],
  ] as const) {
    const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build };
    await storeRow(scene, { type: "image", name: "base", version, status, detail: { type: "AMI", platform: "Linux", osVersion } });
  }
});

test("create, get, list, tag, delete", async () => {
  const given = {
    description: "web",
    ...components(tools),
    parentImage: "ami-01a23bc4def5a6789",
    workingDirectory: "/tmp",
    amiTags: { a: "b" },
  };
  const arn = `${ARN}image-recipe/web-server/1.0.0`;
  const created = await scene.call("CreateImageRecipe", {
    name: "Web Server",
    semanticVersion: "1.0.0",
    tags: { team: "a" },
    ...given,
    clientToken: "t",
  });
  const latestVersionReferences = {
    latestVersionArn: `${ARN}image-recipe/web-server/x.x.x`,
    latestMajorVersionArn: `${ARN}image-recipe/web-server/1.x.x`,
    latestMinorVersionArn: `${ARN}image-recipe/web-server/1.0.x`,
    latestPatchVersionArn: arn,
  };
  expect(created).toEqual({ clientToken: "t", imageRecipeArn: arn, latestVersionReferences });
  const common = { arn, name: "Web Server", platform: "Linux", owner: "123456789012", dateCreated: "2026-11-29T10:00:00.000Z" };
  const imageRecipe = { ...common, type: "AMI", version: "1.0.0", ...given, tags: { team: "a" } };
  for (const imageRecipeArn of [arn, `${ARN}image-recipe/web-server/x.x.x`])
    expect(await scene.call("GetImageRecipe", { imageRecipeArn })).toEqual({ imageRecipe, latestVersionReferences });
  await scene.call("TagResource", { resourceArn: arn, tags: { team: "b" } });
  const filters = [
    { name: "parentImage", values: [given.parentImage] },
    { name: "platform", values: ["Linux"] },
  ];
  expect(await scene.call("ListImageRecipes", { filters })).toEqual({
    imageRecipeSummaryList: [{ ...common, parentImage: given.parentImage, tags: { team: "b" } }],
  });
  const policy = '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}]}';
  expect(await scene.call("PutImageRecipePolicy", { imageRecipeArn: arn, policy })).toEqual({ imageRecipeArn: arn });
  expect(await scene.call("GetImageRecipePolicy", { imageRecipeArn: arn })).toEqual({ policy });
  const other = await scene.call("CreateImageRecipe", recipe("unshared"));
  expect(await scene.call("GetImageRecipePolicy", { imageRecipeArn: other.imageRecipeArn })).toEqual({ policy: "{}" });
  expect(await scene.call("DeleteImageRecipe", { imageRecipeArn: arn })).toEqual({ imageRecipeArn: arn });
  expect(await scene.refused("GetImageRecipe", { imageRecipeArn: arn })).toBe(
    `ResourceNotFoundException: Resource of type 'ImageRecipe' with identifier '${arn}' cannot be found.`,
  );
});

test("wildcards take the next number, and none that was used", async () => {
  const take = async (semanticVersion: string) =>
    (await scene.call("CreateImageRecipe", recipe("counted", { semanticVersion }))).imageRecipeArn?.split("/").at(-1);
  const taken: (string | undefined)[] = [];
  for (const version of ["x.x.x", "x.x.x", "1.x.x", "1.2.x", "1.2.x", "1.1.x", "2021.01.01", "x.x.x"]) taken.push(await take(version));
  expect(taken).toEqual(["1.0.0", "2.0.0", "1.1.0", "1.2.0", "1.2.1", "1.1.1", "2021.01.01", "2022.0.0"]);
  await scene.call("DeleteImageRecipe", { imageRecipeArn: `${ARN}image-recipe/counted/2022.0.0` });
  expect(await take("x.x.x")).toBe("2023.0.0");
  expect(await take("2022.0.0")).toBe("2022.0.0");
});

test("of 20 that take a number at the same time, each gets its own, without gaps", async () => {
  const calls = Array.from({ length: 20 }, () => scene.call("CreateImageRecipe", recipe("at-once", { semanticVersion: "1.x.x" })));
  const numbers = (await Promise.all(calls)).map(({ imageRecipeArn }) => Number(imageRecipeArn?.split(".").at(-2)));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test.each([
  "ami-01a23bc4",
  "ssm:/ImageBuilder-Tutorial/BaseAMI",
  "ssm:arn:aws:ssm:us-east-1:111122223333:parameter/ib/test/param",
  "prod-ffp2zmx5xolmq",
  "arn:aws:imagebuilder:us-west-2:aws:image/windows-server-2016-english-full-base-x86/x.x.x",
])("the parent image %s", async (parentImage) => {
  expect(await scene.refused("CreateImageRecipe", recipe("parents", { semanticVersion: "x.x.x", parentImage }))).toMatch(/^no error/);
});

describe("dependencies", () => {
  const depended = (arn: string, ...by: readonly string[]) =>
    `ResourceDependencyException: Resource dependency error: The resource ARN '${arn}' has other resources depended on it. They are: ${by.map((one) => `'${one}'`).join(", ")}.`;
  const build = (number: number) => `${ARN}component/needed/1.0.0/${number}`;

  test("a build that a recipe names, and the last one that fits a wildcard, cannot be deleted", async () => {
    for (const command of ["a", "b", "c"]) await createComponent("needed", { data: documentWith(`echo ${command}`) });
    await scene.call("CreateImageRecipe", recipe("exact", components(build(1))));
    await scene.call("CreateImageRecipe", recipe("wild", components(`${ARN}component/needed/1.x.x`)));
    const remove = (number: number) => scene.refused("DeleteComponent", { componentBuildVersionArn: build(number) });
    expect(await remove(1)).toBe(depended(build(1), `${ARN}image-recipe/exact/1.0.0`));
    expect(await remove(3)).toMatch(/^no error/);
    expect(await remove(2)).toMatch(/^no error/);
    expect(await remove(1)).toBe(depended(build(1), `${ARN}image-recipe/exact/1.0.0`, `${ARN}image-recipe/wild/1.0.0`));
    await scene.call("DeleteImageRecipe", { imageRecipeArn: `${ARN}image-recipe/exact/1.0.0` });
    expect(await remove(1)).toBe(depended(build(1), `${ARN}image-recipe/wild/1.0.0`));
    await scene.call("DeleteImageRecipe", { imageRecipeArn: `${ARN}image-recipe/wild/1.0.0` });
    expect(await remove(1)).toMatch(/^no error/);
  });

  test("a component that is deleted while recipes name it: either the recipe or the deletion is refused", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { componentBuildVersionArn: arn = "" } = await createComponent(`pulled-${round}`);
      const [created, deleted] = await Promise.all([
        scene.refused("CreateImageRecipe", recipe(`pulling-${round}`, components(arn))),
        scene.refused("DeleteComponent", { componentBuildVersionArn: arn }),
      ]);
      expect([created.startsWith("no error"), deleted.startsWith("no error")].filter(Boolean)).toHaveLength(1);
    }
  });
});

describe("refusals", () => {
  const parameters = (...given: readonly (readonly [string, ...string[]])[]) => ({
    components: [
      {
        componentArn: `${ARN}component/with-parameters/1.0.0`,
        ...(given.length === 0 ? {} : { parameters: given.map(([name, ...value]) => ({ name, value })) }),
      },
    ],
  });
  const invalid = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}${reason.endsWith("?") ? "" : "."}`;
  const ofImages = "allowed: the ID of an AMI (ami-…), ssm:<parameter>, the ARN of an image, or the ID of a product of AWS Marketplace";
  const withParameters = `${ARN}component/with-parameters/1.0.0/1`;
  test.each([
    [
      "a missing component",
      components(`${ARN}component/none/1.x.x`),
      invalid("components[0].componentArn", `Resource of type 'Component' with identifier '${ARN}component/none/1.x.x' cannot be found`),
    ],
    [
      "a component twice",
      components(tools, `${ARN}component/tools/1.0.0`),
      invalid("components[1].componentArn", `the component ${ARN}component/tools is named twice; allowed: once`),
    ],
    [
      "too many components",
      components(tools, tools, tools, tools),
      "ServiceQuotaExceededException: The quota of 3 components in a recipe would be exceeded.",
    ],
    [
      "two platforms",
      components(tools, `${ARN}component/windows-tools/x.x.x`),
      invalid("components[1].componentArn", "the component is for Windows, and those before it are for Linux; allowed: one platform"),
    ],
    ["a missing parameter", parameters(), invalid("components[0].parameters", "1:")],
    [
      "an unknown parameter",
      parameters(["Host", "a"], ["Prot", "80"]),
      invalid("components[0].parameters", `${withParameters}: unknown parameter "Prot"; allowed: "Host" or "Port"; did you mean "Port"?`),
    ],
    ["a value that is not allowed", parameters(["Host", "a"], ["Port", "81"]), invalid("components[0].parameters", "1:")],
    ["two values", parameters(["Host", "a", "b"]), invalid("components[0].parameters", 'the parameter "Host" has 2 values; allowed: one')],
    [
      "a missing parent image",
      { parentImage: `${ARN}image/none/1.0.0` },
      invalid("parentImage", `Resource of type 'Image' with identifier '${ARN}image/none/1.0.0' cannot be found`),
    ],
    ["a name as parent", { parentImage: "web" }, invalid("parentImage", `found 'web'; ${ofImages}`)],
    ["an ARN of S3 as parent", { parentImage: "arn:aws:s3:::a" }, invalid("parentImage", `found 'arn:aws:s3:::a'; ${ofImages}`)],
    [
      "a parent image of another platform",
      { parentImage: `${ARN}image/base/1.0.0/1`, ...components(`${ARN}component/windows-tools/x.x.x`) },
      invalid("parentImage", "the image is for Linux, and the components are for Windows; allowed: one platform"),
    ],
    [
      "an operating system that a component does not support, though a newer build has failed with another one",
      { parentImage: `${ARN}image/base/x.x.x`, ...components(`${ARN}component/for-ubuntu/x.x.x`) },
      invalid("parentImage", "the image has Debian 12, and a component supports Ubuntu 24, Ubuntu 26 only"),
    ],
    [
      "a version that is no pattern",
      { semanticVersion: "x.1.0" },
      "InvalidVersionNumberException: The value supplied for parameter 'semanticVersion' is not valid. ",
    ],
    ["no next number", { semanticVersion: "1.0.1073741823" }, "no error"],
    [
      "io2 without iops",
      { blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { volumeType: "io2" } }] },
      invalid("blockDeviceMappings[0]", "a volume of the type io2 needs 'iops'"),
    ],
    [
      "iops of gp2",
      { blockDeviceMappings: [{ ebs: { volumeType: "gp2", iops: 100 } }] },
      invalid("blockDeviceMappings[0]", "a volume of the type gp2 has no 'iops'; allowed for: io1, io2, gp3"),
    ],
    [
      "throughput of gp2",
      { blockDeviceMappings: [{ ebs: { volumeType: "gp2", throughput: 125 } }] },
      invalid("blockDeviceMappings[0]", "'throughput' is for volumes of the type gp3; found gp2"),
    ],
    [
      "a key without encryption",
      { blockDeviceMappings: [{ ebs: { kmsKeyId: "k" } }] },
      invalid("blockDeviceMappings[0]", "'kmsKeyId' needs 'encrypted': true"),
    ],
    [
      "a device twice",
      { blockDeviceMappings: [{ deviceName: "a" }, { deviceName: "a" }] },
      invalid("blockDeviceMappings[1]", "the device 'a' is mapped twice; allowed: once"),
    ],
    [
      "a device that is none and one",
      { blockDeviceMappings: [{ noDevice: "", virtualName: "a" }] },
      invalid("blockDeviceMappings[0]", "'noDevice' excludes 'ebs' and 'virtualName'"),
    ],
    [
      "an agent on Windows",
      {
        ...components(`${ARN}component/windows-tools/x.x.x`),
        additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: true } },
      },
      invalid("additionalInstanceConfiguration.systemsManagerAgent", "it is not for Windows; allowed: Linux and macOS"),
    ],
    ["a watermark twice", { amiWatermarks: ["abc", "abc"] }, invalid("amiWatermarks", "a name is given twice; allowed: once")],
  ] as const)("%s", async (_, more, expected) => {
    const start = expected.endsWith("1:.") ? expected.slice(0, -1) : expected;
    expect((await scene.refused("CreateImageRecipe", recipe("refused", more))).slice(0, start.length)).toBe(start);
  });

  test("a version that exists, and one behind the last number", async () => {
    await scene.call("CreateImageRecipe", recipe("exists"));
    expect(await scene.refused("CreateImageRecipe", recipe("Exists"))).toBe(
      `ResourceAlreadyExistsException: The following resource 'ImageRecipe' already exists: '${ARN}image-recipe/exists/1.0.0'.`,
    );
    expect(await scene.refused("CreateImageRecipe", recipe("refused", { semanticVersion: "1.0.x" }))).toMatch(
      /^InvalidVersionNumberException: The value supplied for parameter 'semanticVersion' is not valid\. /,
    );
  });

  test("a deprecated component", async () => {
    await createComponent("old");
    await scene.pool.query("update resource set status = 'DEPRECATED' where slug = 'old'");
    expect(await scene.refused("CreateImageRecipe", recipe("refused", components(`${ARN}component/old/x.x.x`)))).toBe(
      invalid("components[0].componentArn", `the component ${ARN}component/old/1.0.0/1 is DEPRECATED; allowed: ACTIVE`),
    );
  });
});
