import { describe, expect, test } from "@jest/globals";
import { ARN, documentWith, Scene } from "../../testing/scene.js";

const scene = new Scene();
const component = (name: string, more: object = {}) => ({
  name,
  semanticVersion: "1.0.0",
  platform: "Linux",
  data: documentWith("true"),
  ...more,
});

describe("a component", () => {
  test("create, get, list, tag, delete", async () => {
    const tags = { team: "a" };
    const created = await scene.call(
      "CreateComponent",
      component("My Tools", { description: "tools", changeDescription: "first", tags, clientToken: "t1" }),
    );
    const arn = `${ARN}component/my-tools/1.0.0/1`;
    const latestVersionReferences = {
      latestVersionArn: `${ARN}component/my-tools/x.x.x`,
      latestMajorVersionArn: `${ARN}component/my-tools/1.x.x`,
      latestMinorVersionArn: `${ARN}component/my-tools/1.0.x`,
      latestPatchVersionArn: `${ARN}component/my-tools/1.0.0`,
    };
    expect(created).toEqual({ clientToken: "t1", componentBuildVersionArn: arn, latestVersionReferences });
    const got = await scene.call("GetComponent", { componentBuildVersionArn: arn });
    const common = { name: "My Tools", version: "1.0.0", description: "tools", platform: "Linux", type: "BUILD", owner: "123456789012" };
    expect(got).toEqual({
      component: {
        ...common,
        ...{ arn, changeDescription: "first", dateCreated: "2026-11-29T10:00:00.000Z", tags, encrypted: true, parameters: [] },
        ...{ state: { status: "ACTIVE" }, data: documentWith("true") },
      },
      latestVersionReferences,
    });
    const listed = { ...common, arn: `${ARN}component/my-tools/1.0.0`, dateCreated: "2026-11-29T10:00:00.000Z", status: "ACTIVE" };
    expect(await scene.call("ListComponents", {})).toEqual({ componentVersionList: [listed] });
    expect(await scene.call("ListComponents", { byName: true })).toEqual({
      componentVersionList: [{ ...listed, arn: `${ARN}component/my-tools/x.x.x` }],
    });
    const { componentSummaryList } = await scene.call("ListComponentBuildVersions", {
      componentVersionArn: `${ARN}component/my-tools/1.0.0`,
    });
    expect(componentSummaryList).toMatchObject([{ arn, changeDescription: "first", state: { status: "ACTIVE" }, tags }]);
    expect(await scene.call("DeleteComponent", { componentBuildVersionArn: arn })).toEqual({ componentBuildVersionArn: arn });
    expect(await scene.refused("GetComponent", { componentBuildVersionArn: arn })).toBe(
      `ResourceNotFoundException: Resource of type 'Component' with identifier '${arn}' cannot be found.`,
    );
    expect(await scene.call("ListComponents", {})).toEqual({ componentVersionList: [] });
  });

  test("a policy is kept as it was given", async () => {
    const { componentBuildVersionArn: componentArn } = await scene.call("CreateComponent", component("policy"));
    expect(await scene.refused("GetComponentPolicy", { componentArn })).toBe(
      `ResourceNotFoundException: The resource '${componentArn}' has no resource policy.`,
    );
    const policy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}';
    expect(await scene.call("PutComponentPolicy", { componentArn, policy })).toEqual({ componentArn });
    expect(await scene.call("GetComponentPolicy", { componentArn })).toEqual({ policy });
  });
});

describe("builds of components", () => {
  test("other content makes the next build; what equals the latest build is refused, what equals an older one is not", async () => {
    const create = (data: string) => scene.call("CreateComponent", component("builds", { data }));
    const [a, b] = [documentWith("echo a"), documentWith("echo b")];
    expect((await create(a)).componentBuildVersionArn).toBe(`${ARN}component/builds/1.0.0/1`);
    expect((await create(b)).componentBuildVersionArn).toBe(`${ARN}component/builds/1.0.0/2`);
    expect(await scene.refused("CreateComponent", component("Builds", { data: b }))).toBe(
      `InvalidRequestException: The following resource 'Component' already exists: '${ARN}component/builds/1.0.0/2'.`,
    );
    expect((await create(a)).componentBuildVersionArn).toBe(`${ARN}component/builds/1.0.0/3`);
    await scene.call("DeleteComponent", { componentBuildVersionArn: `${ARN}component/builds/1.0.0/3` });
    expect((await create(a)).componentBuildVersionArn).toBe(`${ARN}component/builds/1.0.0/4`);
  });

  test.each([
    ["1.2.0/1", "1.2.0/1"],
    ["1.2.0", "1.2.0/2"],
    ["1.2.x", "1.2.5/1"],
    ["1.x.x", "1.10.0/1"],
    ["x.x.x", "2.0.0/1"],
  ])("%s is %s", async (asked, expected) => {
    if (asked === "1.2.0/1")
      for (const [version, data] of [
        ...["1.2.0", "2.0.0", "1.2.5", "1.10.0"].map((number) => [number, documentWith("true")] as const),
        ["1.2.0", documentWith("false")] as const,
      ])
        await scene.call("CreateComponent", component("wild", { semanticVersion: version, data }));
    const { component: found } = await scene.call("GetComponent", { componentBuildVersionArn: `${ARN}component/wild/${asked}` });
    expect(found?.arn).toBe(`${ARN}component/wild/${expected}`);
  });

  test("lists have the newest build of each version, and by name the newest version, also after deletions", async () => {
    const versions = async (input: object) =>
      ((await scene.call("ListComponents", { filters: [{ name: "name", values: ["wild"] }], ...input })).componentVersionList ?? []).map(
        ({ arn, version }) => `${arn?.split("/").at(-1) ?? ""} ${version ?? ""}`,
      );
    expect(await versions({})).toEqual(["1.2.0 1.2.0", "1.2.5 1.2.5", "1.10.0 1.10.0", "2.0.0 2.0.0"]);
    expect(await versions({ byName: true })).toEqual(["x.x.x 2.0.0"]);
    await scene.call("DeleteComponent", { componentBuildVersionArn: `${ARN}component/wild/2.0.0/1` });
    await scene.call("DeleteComponent", { componentBuildVersionArn: `${ARN}component/wild/1.2.0/2` });
    expect(await versions({})).toEqual(["1.2.0 1.2.0", "1.2.5 1.2.5", "1.10.0 1.10.0"]);
    expect(await versions({ byName: true })).toEqual(["x.x.x 1.10.0"]);
  });
});

test("the type is TEST for a document with the phase test only", async () => {
  const types = [];
  for (const [index, phases] of [["test"], ["build"], ["build", "test"], ["validate"]].entries()) {
    const { componentBuildVersionArn } = await scene.call(
      "CreateComponent",
      component(`type-${index}`, { data: documentWith("true", phases) }),
    );
    types.push((await scene.call("GetComponent", { componentBuildVersionArn })).component?.type);
  }
  expect(types).toEqual(["TEST", "BUILD", "BUILD", "BUILD"]);
});

test("parameters of a document are shown", async () => {
  const parameters = [{ Port: { type: "string", default: "80", description: "where" } }, { Host: { type: "string" } }];
  const data = JSON.stringify({ ...(JSON.parse(documentWith("echo {{ Port }} {{ Host }}")) as object), parameters });
  const { componentBuildVersionArn } = await scene.call("CreateComponent", component("with-parameters", { data }));
  expect((await scene.call("GetComponent", { componentBuildVersionArn })).component?.parameters).toEqual([
    { name: "Port", type: "String", defaultValue: ["80"], description: "where" },
    { name: "Host", type: "String" },
  ]);
});

test("a script becomes a component that runs it as it is", async () => {
  const input = {
    name: "imported",
    semanticVersion: "1.0.0",
    platform: "Linux",
    type: "TEST",
    format: "SHELL",
    data: "docker ps --format '{{.ID}}'\n",
  };
  const { componentBuildVersionArn } = await scene.call("ImportComponent", input);
  const { component: imported } = await scene.call("GetComponent", { componentBuildVersionArn });
  expect(imported?.type).toBe("TEST");
  expect(JSON.parse(imported?.data ?? "")).toEqual({
    schemaVersion: 1,
    constants: [{ OpeningBraces: { type: "string", value: "{{" } }],
    phases: [
      {
        name: "test",
        steps: [{ name: "RunScript", action: "ExecuteBash", inputs: { commands: ["docker ps --format '{{ OpeningBraces }}.ID}}'\n"] } }],
      },
    ],
  });
});

test("a document from S3", async () => {
  scene.objects.set("s3://bucket/tools.yaml", documentWith("echo s3"));
  const { componentBuildVersionArn } = await scene.call(
    "CreateComponent",
    component("from-s3", { data: undefined, uri: "s3://bucket/tools.yaml" }),
  );
  expect((await scene.call("GetComponent", { componentBuildVersionArn })).component?.data).toBe(documentWith("echo s3"));
});

const policy = (text: string) => ({ componentArn: `${ARN}component/x-y-z/1.0.0/1`, policy: text });
const value = (parameter: string, reason: string) =>
  `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}.`;

describe("refusals", () => {
  test.each([
    ["no name", "CreateComponent", component("abc", { name: undefined }), value("name", 'the request must have "name"')],
    ["an unknown member", "CreateComponent", component("abc", { nam: "x" }), value("nam", 'the request: unknown key "nam"')],
    [
      "a wrong type",
      "CreateComponent",
      component("abc", { description: 5 }),
      value("description", '"description" must be a string; found 5'),
    ],
    [
      "a character that cannot be stored",
      "CreateComponent",
      component("abc", { description: "a\0b" }),
      value("description", "it has the character U+0000, or half of a surrogate pair; allowed: any other text"),
    ],
    ["a version", "CreateComponent", component("abc", { semanticVersion: "1.0" }), "InvalidVersionNumberException"],
    ["a version out of range", "CreateComponent", component("abc", { semanticVersion: "1.0.1073741824" }), "InvalidVersionNumberException"],
    [
      "both data and uri",
      "CreateComponent",
      component("abc", { uri: "s3://a/b" }),
      "InvalidParameterCombinationException: The request must have exactly one of 'data' and 'uri'; both are given.",
    ],
    [
      "neither",
      "CreateComponent",
      component("abc", { data: undefined }),
      "InvalidParameterCombinationException: The request must have exactly one of 'data' and 'uri'; neither is given.",
    ],
    [
      "another address",
      "CreateComponent",
      component("abc", { data: undefined, uri: "https://a/b" }),
      value("uri", "it must be an address of S3; allowed: s3://<bucket>/<key>"),
    ],
    [
      "a missing object",
      "CreateComponent",
      component("abc", { data: undefined, uri: "s3://a/b" }),
      value("uri", "the object cannot be read: there is no object at s3://a/b"),
    ],
    [
      "a document with faults",
      "CreateComponent",
      component("abc", { data: documentWith("true").replace("ExecuteBash", "ExecuteBahs") }),
      value("data", "1:"),
    ],
    [
      "a document without the usual phases",
      "CreateComponent",
      component("abc", { data: documentWith("true", ["install"]) }),
      value("data", "the document has none of the phases build, validate and test"),
    ],
    [
      "a module of another platform",
      "CreateComponent",
      component("abc", { platform: "Windows" }),
      "InvalidParameterValueException: The value supplied for parameter 'data' is not valid. 1:",
    ],
    [
      "an ARN of another type",
      "GetComponent",
      { componentBuildVersionArn: `${ARN}image/abc/1.0.0/1` },
      "InvalidParameterValueException: The value supplied for parameter 'componentBuildVersionArn' is not valid.",
    ],
    [
      "a component of another account",
      "GetComponent",
      { componentBuildVersionArn: `${ARN.replace("123456789012", "210987654321")}component/policy/1.0.0/1` },
      "ResourceNotFoundException",
    ],
    [
      "a component of another Region",
      "GetComponent",
      { componentBuildVersionArn: `${ARN.replace("eu-west-1", "us-east-1")}component/policy/1.0.0/1` },
      "ResourceNotFoundException",
    ],
    [
      "a version to be deleted",
      "DeleteComponent",
      { componentBuildVersionArn: `${ARN}component/policy/1.0.0` },
      "InvalidParameterValueException",
    ],
    [
      "a missing component to be deleted",
      "DeleteComponent",
      { componentBuildVersionArn: `${ARN}component/none/1.0.0/1` },
      "ResourceNotFoundException",
    ],
    [
      "a filter",
      "ListComponents",
      { filters: [{ name: "plattform", values: ["a"] }] },
      "InvalidParameterValueException: The value supplied for parameter 'filters' is not valid. unknown filter",
    ],
    [
      "byName with a version",
      "ListComponents",
      { byName: true, filters: [{ name: "version", values: ["1.0.0"] }] },
      'InvalidRequestException: the filter "version" cannot be combined with "byName".',
    ],
    [
      "a page token",
      "ListComponents",
      { nextToken: "abc" },
      "InvalidPaginationTokenException: The value supplied for parameter 'nextToken' is not valid. the token of the next page is not valid: it was not given by this server.",
    ],
    [
      "a policy that is no JSON",
      "PutComponentPolicy",
      policy("{"),
      "InvalidParameterValueException: The value supplied for parameter 'policy' is not valid. 1:2: not valid JSON: ",
    ],
    ["a policy without statements", "PutComponentPolicy", policy("{}"), value("policy", '1:1: the policy must have "Statement"')],
    [
      "a policy whose statement has no effect",
      "PutComponentPolicy",
      policy('{"Statement":{}}'),
      value("policy", '1:2: statement 1 must have "Effect"; 1:14: statement 1 must'),
    ],
    [
      "a script in both",
      "ImportComponent",
      { name: "abc", semanticVersion: "1.0.0", platform: "Linux", type: "BUILD", format: "SHELL" },
      "InvalidParameterCombinationException: The request must have exactly one of 'data' and 'uri'; neither is given.",
    ],
  ] as const)("%s", async (_, operation, input, expected) => {
    const refusal = await scene.refused(operation, input);
    expect(refusal.slice(0, expected.replace(/\.$/, "").length)).toBe(expected.replace(/\.$/, ""));
  });
});
