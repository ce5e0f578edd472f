import { BUILT_IN_CATALOGUE, withOwnEntries } from "@imagewright/catalogue";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { documentWith, REGION, Scene } from "../testing/scene.js";

const scene = new Scene();
const AWS = `arn:aws:imagebuilder:${REGION}:aws:`;
const [debian] = BUILT_IN_CATALOGUE.baseImages;
if (debian === undefined) throw new Error("there is no base image");

const OWN = { name: "Own Tool", semanticVersion: "1.0.0", platform: "Linux" } as const;
const own = (command: string, more: object = {}) =>
  withOwnEntries({ components: [{ ...OWN, text: documentWith(command), ...more }], workflows: [] });
const countIn = (region: string) =>
  scene.pool
    .query<{ count: string }>("select count(*) from resource where owner = 'aws' and region = $1", [region])
    .then(({ rows }) => Number(rows[0]?.count));

describe("the catalogue in the database", () => {
  test("MGD-005: three servers that start at once store each entry once, in every Region", async () => {
    const planes = await Promise.all([scene.open(), scene.open(), scene.open()]);
    const stored = await Promise.all(planes.map(({ managed }) => managed.keep(BUILT_IN_CATALOGUE)));
    const entries = BUILT_IN_CATALOGUE.components.length + BUILT_IN_CATALOGUE.workflows.length;
    expect(new Set(stored.flat()).size).toBe(2 * entries);
    expect([stored.flat().length, await countIn(REGION), await countIn("us-east-1")]).toEqual([2 * entries, entries, entries]);
    const { workflowVersionList = [] } = await scene.call("ListWorkflows", { owner: "Amazon" });
    expect(workflowVersionList.map(({ arn }) => arn?.slice(AWS.length)).sort()).toEqual([
      ...["workflow/build/build-container/1.0.0", "workflow/build/build-image/1.0.0"],
      ...["workflow/distribution/distribute-container/1.0.0", "workflow/distribution/distribute-image/1.0.0"],
      ...["workflow/test/test-container/1.0.0", "workflow/test/test-image/1.0.0"],
    ]);
    await Promise.all(planes.map((plane) => plane.close()));
  });

  test("the same content is stored once, another one is the next build, and an earlier one makes no build", async () => {
    expect(await scene.plane.managed.keep(BUILT_IN_CATALOGUE)).toEqual([]);
    const builds = async (command: string, more?: object) =>
      (await scene.plane.managed.keep(own(command, more))).filter((arn) => arn.startsWith(AWS)).map((arn) => arn.slice(AWS.length));
    expect(await builds("true")).toEqual(["component/own-tool/1.0.0/1"]);
    expect(await builds("true")).toEqual([]);
    expect(await builds("false")).toEqual(["component/own-tool/1.0.0/2"]);
    // a server of an earlier release starts
    expect(await builds("true")).toEqual([]);
    expect(await builds("true", { semanticVersion: "1.1.0" })).toEqual(["component/own-tool/1.1.0/1"]);
    expect(await builds("true", { description: "another" })).toEqual(["component/own-tool/1.0.0/3"]);
  });

  test("an entry that CreateComponent would refuse is refused with its name, and nothing is stored", async () => {
    const before = await countIn(REGION);
    await expect(scene.plane.managed.keep(own("true", { text: "schemaVersion: 1.0\n", name: "Broken" }))).rejects.toThrow(
      /'Broken' is not valid/,
    );
    expect(await countIn(REGION)).toBe(before);
  });
});

describe("MGD-001: what comes with the service", () => {
  const reader = { account: "210987654321" };

  test("is listed with owner Amazon, and is not among one's own", async () => {
    const { componentVersionList = [] } = await scene.call("ListComponents", { owner: "Amazon", byName: true });
    expect(componentVersionList).toContainEqual(
      expect.objectContaining({ arn: `${AWS}component/update-linux/x.x.x`, owner: "aws", status: "ACTIVE" }),
    );
    expect((await scene.call("ListComponents", {})).componentVersionList).toEqual([]);
  });

  test("is read by every account, with its document, by build, version and x.x.x", async () => {
    const text = BUILT_IN_CATALOGUE.components.find(({ name }) => name === "hello-world-linux")?.text;
    for (const end of ["1.0.0/1", "1.0.0", "x.x.x", "1.x.x"]) {
      const { component } = await scene.call(
        "GetComponent",
        { componentBuildVersionArn: `${AWS}component/hello-world-linux/${end}` },
        reader,
      );
      expect(component).toMatchObject({
        arn: `${AWS}component/hello-world-linux/1.0.0/1`,
        owner: "aws",
        type: "BUILD",
        data: text,
        encrypted: true,
      });
    }
    const { component } = await scene.call("GetComponent", { componentBuildVersionArn: `${AWS}component/simple-boot-test-linux/x.x.x` });
    expect(component?.type).toBe("TEST");
  });

  const component = `${AWS}component/update-linux/1.0.0/1`;
  const workflow = `${AWS}workflow/build/build-image/1.0.0/1`;
  const image = `${AWS}image/debian-12-x86/2025.09.06/1`;
  const Principal = { AWS: reader.account };
  const statement = { Effect: "Allow", Action: "imagebuilder:GetComponent", Resource: component, Principal };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  beforeAll(() => scene.plane.managed.addRelease(debian, new Date("2025-09-06T10:00:00Z")));

  test.each([
    ["DeleteComponent", component, { componentBuildVersionArn: component }],
    ["PutComponentPolicy", component, { componentArn: component, policy }],
    ["TagResource", component, { resourceArn: component, tags: { a: "1" } }],
    ["UntagResource", component, { resourceArn: component, tagKeys: ["a"] }],
    ["DeleteWorkflow", workflow, { workflowBuildVersionArn: workflow }],
    ["TagResource", workflow, { resourceArn: workflow, tags: { a: "1" } }],
    ["DeleteImage", image, { imageBuildVersionArn: image }],
    ["PutImagePolicy", image, { imageArn: image, policy }],
    ["CancelImageCreation", image, { imageBuildVersionArn: image }],
    ["RetryImage", image, { imageBuildVersionArn: image }],
    ["StartResourceStateUpdate", image, { resourceArn: image, state: { status: "DEPRECATED" } }],
  ] as const)("%s of %s is refused for the root of an account", async (operation, arn, input) => {
    const reason = `The resource '${arn}' comes with the service, and accounts cannot change, delete, tag or share it.`;
    expect(await scene.refused(operation, input)).toBe(`ForbiddenException: ${reason}`);
  });

  test("has no policy that accounts can read, and its tags are empty", async () => {
    expect(await scene.refused("GetComponentPolicy", { componentArn: component })).toMatch(/^ResourceNotFoundException: /);
    expect(await scene.call("ListTagsForResource", { resourceArn: component })).toEqual({ tags: {} });
  });
});
