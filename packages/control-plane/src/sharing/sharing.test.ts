import { operationNames, type OperationName } from "@imagewright/imagebuilder-model";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { ARN, documentWith, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
const CONSUMER = { account: "210987654321" };
const OTHER = { account: "333333333333" };
const tools = (version: string) => `${ARN}component/tools/${version}`;
const allow = (accounts: readonly string[] | "*", Action: string | readonly string[] = "imagebuilder:GetComponent") => {
  const Principal = accounts === "*" ? "*" : { AWS: accounts };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Resource: "*" }] });
};
const share = (version: string, ...given: Parameters<typeof allow>) =>
  scene.call("PutComponentPolicy", { componentArn: tools(version), policy: allow(...given) });
/** A policy that shares nothing. */
const unshare = (version: string) => scene.refused("PutComponentPolicy", { componentArn: tools(version), policy: allow(["123456789012"]) });
const create = (semanticVersion: string) =>
  scene.call("CreateComponent", { name: "tools", semanticVersion, platform: "Linux", data: documentWith("true") });
const get = async (version: string, caller: { account: string; principal?: string } = CONSUMER) =>
  scene.refused("GetComponent", { componentBuildVersionArn: tools(version) }, caller);
const listed = async (input: object = {}, caller = CONSUMER) =>
  ((await scene.call("ListComponents", { owner: "Shared", ...input }, caller)).componentVersionList ?? []).map(({ arn = "" }) =>
    arn.slice(ARN.length),
  );
const missing = (version: string) =>
  `ResourceNotFoundException: Resource of type 'Component' with identifier '${tools(version)}' cannot be found.`;
const recipe = (name: string, version: string) =>
  scene.refused(
    "CreateImageRecipe",
    { name, semanticVersion: "1.0.0", parentImage: "ami-0123456789abcdef0", components: [{ componentArn: tools(version) }] },
    CONSUMER,
  );

beforeAll(async () => {
  for (const version of ["1.0.0", "1.0.0", "1.1.0", "2.0.0"])
    await create(version).catch(() =>
      scene.call("CreateComponent", { name: "tools", semanticVersion: version, platform: "Linux", data: documentWith("false") }),
    );
  await storeImageSources(scene);
});

describe("what an account shares", () => {
  test("SHR-008: is seen with the owner Shared by the accounts of the policy alone, and by nobody before", async () => {
    expect(await get("1.0.0/1")).toBe(missing("1.0.0/1"));
    expect(await listed()).toEqual([]);
    await share("1.0.0/1", [CONSUMER.account]);
    await share("1.1.0/1", [CONSUMER.account]);
    expect(await get("1.0.0/1")).toContain(`"arn":"${tools("1.0.0/1")}"`);
    expect(await get("1.0.0/2")).toBe(missing("1.0.0/2"));
    expect(await get("1.0.0/1", OTHER)).toBe(missing("1.0.0/1"));
    expect(await listed()).toEqual(["component/tools/1.0.0", "component/tools/1.1.0"]);
    expect(await listed({ byName: true })).toEqual(["component/tools/x.x.x"]);
    expect([await listed({}, OTHER), await listed({ owner: "Self" })]).toEqual([[], []]);
  });

  test("is found by a choice of versions, of which the newest that is shared counts", async () => {
    expect(await get("x.x.x")).toContain(`"arn":"${tools("1.1.0/1")}"`);
    expect(await get("1.0.x")).toContain(`"arn":"${tools("1.0.0/1")}"`);
    expect(await get("2.x.x")).toBe(missing("2.x.x"));
    const builds = await scene.refused("ListComponentBuildVersions", { componentVersionArn: tools("1.0.0") }, CONSUMER);
    expect(builds).toMatch(/^ForbiddenException: /);
    await share("1.0.0/1", [CONSUMER.account], ["imagebuilder:GetComponent", "imagebuilder:ListComponentBuildVersions"]);
    const page = await scene.call("ListComponentBuildVersions", { componentVersionArn: tools("1.0.0") }, CONSUMER);
    expect(page.componentSummaryList?.map(({ arn }) => arn)).toEqual([tools("1.0.0/1")]);
    await share("1.0.0/2", [CONSUMER.account]);
    expect(await listed()).toEqual(["component/tools/1.0.0", "component/tools/1.1.0"]);
    expect(await get("1.0.0")).toContain(`"arn":"${tools("1.0.0/2")}"`);
    expect(await unshare("1.0.0/2")).toMatch(/^no error: /);
  });

  test("is in pages, also where several owners share one name", async () => {
    const created = await scene.call(
      "CreateComponent",
      { name: "tools", semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") },
      OTHER,
    );
    await scene.call("PutComponentPolicy", { componentArn: created.componentBuildVersionArn, policy: allow([CONSUMER.account]) }, OTHER);
    const arns: string[] = [];
    for (let nextToken: string | undefined; ;) {
      const page = await scene.call("ListComponents", { owner: "Shared", maxResults: 1, ...(nextToken && { nextToken }) }, CONSUMER);
      arns.push(...(page.componentVersionList ?? []).map(({ owner = "", version = "" }) => `${owner} ${version}`));
      nextToken = page.nextToken;
      if (nextToken === undefined) break;
    }
    expect(arns).toEqual(["123456789012 1.0.0", "333333333333 1.0.0", "123456789012 1.1.0"]);
  });

  test("SHR-005, SHR-006: cannot be changed, shared on, or looked into by whom it is shared with", async () => {
    await share("1.0.0/1", [CONSUMER.account], "imagebuilder:*");
    const calls: readonly (readonly [OperationName, object])[] = [
      ["DeleteComponent", { componentBuildVersionArn: tools("1.0.0/1") }],
      ["TagResource", { resourceArn: tools("1.0.0/1"), tags: { a: "b" } }],
      ["UntagResource", { resourceArn: tools("1.0.0/1"), tagKeys: ["a"] }],
      ["PutComponentPolicy", { componentArn: tools("1.0.0/1"), policy: allow("*") }],
      ["GetComponentPolicy", { componentArn: tools("1.0.0/1") }],
    ];
    for (const [operation, input] of calls)
      expect([operation, await scene.refused(operation, input, CONSUMER)]).toEqual([operation, missing("1.0.0/1")]);
    await share("1.0.0/1", [CONSUMER.account]);
  });

  test("SHR-007: is used in recipes, and then neither unshared nor deleted until nobody needs it", async () => {
    expect(await recipe("uses-it", "1.0.x")).toMatch(/^no error: /);
    expect(await recipe("uses-another", "2.0.0")).toMatch(/^InvalidParameterValueException: .*cannot be found/);
    const recipeArn = `arn:aws:imagebuilder:eu-west-1:${CONSUMER.account}:image-recipe/uses-it/1.0.0`;
    expect(await unshare("1.0.0/1")).toMatch(new RegExp(`^InvalidRequestException: .*'${recipeArn}'`));
    expect(await get("1.0.0/1")).toMatch(/^no error: /);
    const remove = () => scene.refused("DeleteComponent", { componentBuildVersionArn: tools("1.0.0/1") });
    expect(await remove()).toBe(
      `ResourceDependencyException: The resource '${tools("1.0.0/1")}' is shared with the accounts ${CONSUMER.account}. Put a policy that allows other accounts nothing before it is deleted.`,
    );
    // another build of the version that is shared as well serves the recipe
    await share("1.0.0/2", [CONSUMER.account]);
    expect(await unshare("1.0.0/1")).toMatch(/^no error: /);
    expect(await unshare("1.0.0/2")).toMatch(/^InvalidRequestException: /);
    await scene.call("DeleteImageRecipe", { imageRecipeArn: recipeArn }, CONSUMER);
    expect(await unshare("1.0.0/2")).toMatch(/^no error: /);
    expect(await get("1.0.0/2")).toBe(missing("1.0.0/2"));
    expect(await remove()).toMatch(/^no error: /);
  });

  test("reaches users of the other account whose own policies allow it, and those only that the owner names", async () => {
    const userWith = async (user: string, Action: string) => {
      const document = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
      const { principal } = await scene.plane.keys.create({ ...CONSUMER, user, policies: [{ name: "own", document }] });
      return { ...CONSUMER, principal };
    };
    const [reader, other] = [await userWith("reader", "imagebuilder:Get*"), await userWith("other", "imagebuilder:List*")];
    expect(await get("1.1.0/1", reader)).toMatch(/^no error: /);
    expect(await get("1.1.0/1", other)).toMatch(/^ForbiddenException: .*because no policy allows the imagebuilder:GetComponent action/);
    await share("1.1.0/1", [reader.principal]);
    expect(await get("1.1.0/1", reader)).toMatch(/^no error: /);
    expect(await get("1.1.0/1")).toMatch(/^ForbiddenException: .*because no resource-based policy/);
    await share("1.1.0/1", "*");
    expect(await get("1.1.0/1", OTHER)).toMatch(/^no error: /);
  });

  test("SHR-005: stays in its Region", async () => {
    const arn = tools("1.1.0/1").replace("eu-west-1", "us-east-1");
    expect(await scene.refused("GetComponent", { componentBuildVersionArn: arn }, { ...CONSUMER, region: "us-east-1" })).toMatch(
      /^ResourceNotFoundException: /,
    );
    expect(await scene.call("ListComponents", { owner: "Shared" }, { ...CONSUMER, region: "us-east-1" })).toMatchObject({
      componentVersionList: [],
    });
  });
});

test.each<[string, OperationName, object, OperationName, object]>([
  [
    "an image recipe",
    ...(["PutImageRecipePolicy", { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0` }] as const),
    ...(["GetImageRecipe", { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0` }] as const),
  ],
  [
    "a container recipe",
    ...(["PutContainerRecipePolicy", { containerRecipeArn: `${ARN}container-recipe/box/1.0.0` }] as const),
    ...(["GetContainerRecipe", { containerRecipeArn: `${ARN}container-recipe/box/1.0.0` }] as const),
  ],
])("%s is shared in the same way", async (_, put, input, read, named) => {
  expect(await scene.refused(read, named, CONSUMER)).toMatch(/^ResourceNotFoundException: /);
  await scene.call(put, { ...input, policy: allow([CONSUMER.account], `imagebuilder:${read}`) });
  expect(await scene.refused(read, named, CONSUMER)).toMatch(/^no error: /);
});

test("an image is shared by its build, and a recipe of another account has it as its parent", async () => {
  const request = {
    imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0`,
    infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small`,
  };
  const { imageBuildVersionArn: arn = "" } = await scene.call("CreateImage", request);
  await scene.plane.images.transition(arn, "AVAILABLE", { outputResources: {} });
  const use = (name: string) => scene.refused("CreateImageRecipe", { name, semanticVersion: "1.0.0", parentImage: arn }, CONSUMER);
  expect(await use("early")).toMatch(/^InvalidParameterValueException: .*cannot be found/);
  await scene.call("PutImagePolicy", { imageArn: arn, policy: allow([CONSUMER.account], "imagebuilder:GetImage") });
  expect(await use("child")).toMatch(/^no error: /);
  const { imageVersionList = [] } = await scene.call("ListImages", { owner: "Shared" }, CONSUMER);
  expect(imageVersionList.map(({ arn: listed }) => `${listed ?? ""}/1`)).toEqual([arn]);
});

test("SHR-001, SHR-002: a policy has 1 to 30,000 characters, and is valid", async () => {
  const put = (policy: string) => scene.refused("PutComponentPolicy", { componentArn: tools("2.0.0/1"), policy });
  const padded = (length: number) => allow([CONSUMER.account]).padEnd(length);
  expect(await put(padded(30_000))).toMatch(/^no error: /);
  for (const wrong of ["", padded(30_001), "allow everything", "{}"]) expect(await put(wrong)).toMatch(/^InvalidParameterValueException: /);
});

test("SHR-003: components and images are shared by a build, recipes by a version", async () => {
  const policy = allow([CONSUMER.account]);
  const cases: readonly (readonly [OperationName, object])[] = [
    ["PutComponentPolicy", { componentArn: tools("2.0.0") }],
    ["PutImagePolicy", { imageArn: `${ARN}image/web-server/1.0.0` }],
    ["PutImageRecipePolicy", { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0/1` }],
    ["PutContainerRecipePolicy", { containerRecipeArn: `${ARN}container-recipe/box/1.0.0/1` }],
  ];
  for (const [operation, named] of cases)
    expect([operation, await scene.refused(operation, { ...named, policy })]).toEqual([
      operation,
      expect.stringMatching(/^InvalidParameterValueException: /),
    ]);
});

test("SHR-010: nothing else has a policy of its own", () => {
  const kinds = operationNames().flatMap((name) => /^Put(\w+)Policy$/.exec(name)?.slice(1) ?? []);
  expect(kinds.sort()).toEqual(["Component", "ContainerRecipe", "Image", "ImageRecipe"]);
});
