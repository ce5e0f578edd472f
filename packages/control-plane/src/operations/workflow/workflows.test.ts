import { describe, expect, test } from "@jest/globals";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene({ workflowDocumentBytes: 20_000 });
const LAUNCH = "  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const documentOf = (comment: string, steps = LAUNCH) => `# ${comment}\nschemaVersion: 1.0\nsteps:\n${steps}\n`;
const workflow = (name: string, more: object = {}) => ({
  ...{ name, semanticVersion: "1.0.0", type: "BUILD", data: documentOf("one") },
  ...more,
});
const references = (name: string) => ({
  latestVersionArn: `${ARN}workflow/build/${name}/x.x.x`,
  latestMajorVersionArn: `${ARN}workflow/build/${name}/1.x.x`,
  latestMinorVersionArn: `${ARN}workflow/build/${name}/1.0.x`,
  latestPatchVersionArn: `${ARN}workflow/build/${name}/1.0.0`,
});

describe("a workflow", () => {
  const arn = `${ARN}workflow/build/my-build/1.0.0/1`;
  const tags = { team: "a" };
  const common = {
    ...{ name: "My Build", version: "1.0.0", description: "builds", type: "BUILD", owner: "123456789012" },
    dateCreated: "2026-11-29T10:00:00.000Z",
  };

  test("is created and shown", async () => {
    const more = { description: "builds", changeDescription: "first", kmsKeyId: "alias/key", tags };
    const created = await scene.call("CreateWorkflow", workflow("My Build", { ...more, clientToken: "t1" }));
    expect(created).toEqual({ clientToken: "t1", workflowBuildVersionArn: arn, latestVersionReferences: references("my-build") });
    expect(await scene.call("GetWorkflow", { workflowBuildVersionArn: arn })).toEqual({
      workflow: { ...common, arn, changeDescription: "first", kmsKeyId: "alias/key", data: documentOf("one"), parameters: [], tags },
      latestVersionReferences: references("my-build"),
    });
  });

  test("is listed by version, by name and by build", async () => {
    const listed = { ...common, arn: `${ARN}workflow/build/my-build/1.0.0` };
    expect(await scene.call("ListWorkflows", {})).toEqual({ workflowVersionList: [listed] });
    expect(await scene.call("ListWorkflows", { byName: true })).toEqual({
      workflowVersionList: [{ ...listed, arn: `${ARN}workflow/build/my-build/x.x.x` }],
    });
    for (const workflowVersionArn of [`${ARN}workflow/build/my-build/1.0.0`, `${ARN}workflow/build/my-build/x.x.x`, undefined])
      expect(await scene.call("ListWorkflowBuildVersions", { workflowVersionArn })).toEqual({
        workflowSummaryList: [{ ...common, arn, changeDescription: "first", tags }],
      });
    expect(await scene.call("ListWorkflowBuildVersions", { workflowVersionArn: `${ARN}workflow/test/my-build/1.0.0` })).toEqual({
      workflowSummaryList: [],
    });
  });

  test("is deleted", async () => {
    expect(await scene.call("DeleteWorkflow", { workflowBuildVersionArn: arn })).toEqual({ workflowBuildVersionArn: arn });
    expect(await scene.refused("GetWorkflow", { workflowBuildVersionArn: arn })).toBe(
      `ResourceNotFoundException: Resource of type 'Workflow' with identifier '${arn}' cannot be found.`,
    );
    expect(await scene.call("ListWorkflows", {})).toEqual({ workflowVersionList: [] });
  });
});

test("other content makes the next build; what equals the latest build is refused, what equals an older one is not", async () => {
  const create = async (more: object) =>
    (await scene.call("CreateWorkflow", workflow("builds", more))).workflowBuildVersionArn?.split("/").at(-1);
  const [one, two] = [documentOf("one"), documentOf("two")];
  expect(await create({ data: one })).toBe("1");
  expect(await create({ data: two })).toBe("2");
  expect(await scene.refused("CreateWorkflow", workflow("Builds", { data: two, changeDescription: "other", tags: { a: "b" } }))).toBe(
    `InvalidRequestException: The following resource 'Workflow' already exists: '${ARN}workflow/build/builds/1.0.0/2'.`,
  );
  expect(await create({ data: one })).toBe("3");
  expect(await create({ data: one, description: "the same with a description" })).toBe("4");
});

test("the three types have names of their own and are one list", async () => {
  const made = [];
  for (const type of ["TEST", "BUILD", "DISTRIBUTION"])
    made.push((await scene.call("CreateWorkflow", workflow("typed", { type, semanticVersion: "2.0.0" }))).workflowBuildVersionArn);
  expect(made).toEqual(["test", "build", "distribution"].map((type) => `${ARN}workflow/${type}/typed/2.0.0/1`));
  const filters = [{ name: "name", values: ["typed"] }];
  const arns = async (input: object) => {
    const found: (string | undefined)[][] = [];
    for (let nextToken: string | undefined; ;) {
      const page = await scene.call("ListWorkflows", { filters, ...input, ...(nextToken === undefined ? {} : { nextToken }) });
      found.push((page.workflowVersionList ?? []).map(({ arn }) => arn?.slice(ARN.length)));
      nextToken = page.nextToken;
      if (nextToken === undefined) return found;
    }
  };
  const all = ["workflow/build/typed/2.0.0", "workflow/distribution/typed/2.0.0", "workflow/test/typed/2.0.0"];
  expect(await arns({})).toEqual([all]);
  expect(await arns({ maxResults: 1 })).toEqual(all.map((arn) => [arn]));
  expect(await arns({ byName: true })).toEqual([all.map((arn) => arn.replace("2.0.0", "x.x.x"))]);
  expect(await arns({ filters: [...filters, { name: "type", values: ["TEST", "BUILD"] }] })).toEqual([[all[0], all[2]]]);
  expect(await arns({ filters: [...filters, { name: "version", values: ["1.0.0"] }] })).toEqual([[]]);
});

test.each([
  ["2.0.0/1", "2.0.0/1"],
  ["1.0.0", "1.0.0/2"],
  ["1.x.x", "1.10.0/1"],
  ["x.x.x", "2.0.0/1"],
])("%s is %s", async (asked, expected) => {
  if (asked === "2.0.0/1")
    for (const [semanticVersion, comment] of [
      ["1.0.0", "one"],
      ["1.0.0", "two"],
      ["2.0.0", "one"],
      ["1.10.0", "one"],
    ] as const)
      await scene.call("CreateWorkflow", workflow("wild", { semanticVersion, data: documentOf(comment) }));
  const got = await scene.call("GetWorkflow", { workflowBuildVersionArn: `${ARN}workflow/build/wild/${asked}` });
  expect(got.workflow?.arn).toBe(`${ARN}workflow/build/wild/${expected}`);
});

test("parameters are shown with their types and defaults", async () => {
  const parameters = `parameters:
  - { name: size, type: integer, default: 8, description: in GiB }
  - { name: fast, type: boolean, default: true }
  - { name: zones, type: stringList, default: [a, b] }
  - { name: label, type: string }
`;
  const data = documentOf("parameters").replace("steps:", `${parameters}steps:`);
  const { workflowBuildVersionArn } = await scene.call("CreateWorkflow", workflow("parameters", { data }));
  expect((await scene.call("GetWorkflow", { workflowBuildVersionArn })).workflow?.parameters).toEqual([
    { name: "size", type: "integer", defaultValue: ["8"], description: "in GiB" },
    { name: "fast", type: "boolean", defaultValue: ["true"] },
    { name: "zones", type: "stringList", defaultValue: ["a", "b"] },
    { name: "label", type: "string" },
  ]);
});

test("a document of more than 16,000 characters comes from S3", async () => {
  const data = documentOf("x".repeat(16_000));
  expect(await scene.refused("CreateWorkflow", workflow("large", { data }))).toBe(
    `InvalidParameterValueException: The value supplied for parameter 'data' is not valid. "data" must be 1 to 16000 characters, none of them NUL; found "# ${"x".repeat(58)}…".`,
  );
  scene.objects.set("s3://documents/large.yaml", data);
  const uri = "s3://documents/large.yaml";
  const { workflowBuildVersionArn } = await scene.call("CreateWorkflow", workflow("large", { data: undefined, uri }));
  expect((await scene.call("GetWorkflow", { workflowBuildVersionArn })).workflow?.data).toBe(data);
  scene.objects.set(uri, documentOf("x".repeat(20_000)));
  expect(await scene.refused("CreateWorkflow", workflow("large", { data: undefined, uri }))).toBe(
    "InvalidParameterValueException: The value supplied for parameter 'uri' is not valid. the object cannot be read: the object has 20105 bytes; allowed: at most 20000.",
  );
});

test("a client token gives the first answer again", async () => {
  const first = await scene.call("CreateWorkflow", workflow("token", { clientToken: "again" }));
  expect(await scene.call("CreateWorkflow", workflow("token", { clientToken: "again" }))).toEqual(first);
  expect(await scene.refused("CreateWorkflow", workflow("token", { clientToken: "again", description: "other" }))).toBe(
    "IdempotentParameterMismatchException: The client token 'again' was used for CreateWorkflow with other parameters in the last 24 hours.",
  );
});

describe("refused", () => {
  const data = (reason: string) => `InvalidParameterValueException: The value supplied for parameter 'data' is not valid. ${reason}`;
  test.each([
    [
      "both data and uri",
      "CreateWorkflow",
      workflow("abc", { uri: "s3://a/b" }),
      "InvalidParameterCombinationException: The request must have exactly one of 'data' and 'uri'; both are given.",
    ],
    [
      "neither",
      "CreateWorkflow",
      workflow("abc", { data: undefined }),
      "InvalidParameterCombinationException: The request must have exactly one of 'data' and 'uri'; neither is given.",
    ],
    [
      "a version with a wildcard",
      "CreateWorkflow",
      workflow("abc", { semanticVersion: "1.x.x" }),
      "InvalidVersionNumberException: The value supplied for parameter 'semanticVersion' is not valid. ",
    ],
    [
      "a type that there is not",
      "CreateWorkflow",
      workflow("abc", { type: "build" }),
      "InvalidParameterValueException: The value supplied for parameter 'type' is not valid. ",
    ],
    [
      "a document that is no mapping",
      "CreateWorkflow",
      workflow("abc", { data: "hello" }),
      data("1:1: a workflow document must be a mapping; found"),
    ],
    [
      "an unknown action",
      "CreateWorkflow",
      workflow("abc", { data: documentOf("a", LAUNCH.replace("LaunchInstance", "LaunchInstances")) }),
      data('4:29: unknown step action "LaunchInstances"; allowed: '),
    ],
    [
      "an action of another type",
      "CreateWorkflow",
      workflow("abc", {
        type: "DISTRIBUTION",
        data: documentOf(
          "a",
          `${LAUNCH}\n  - { name: Run, action: ExecuteComponents, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }`,
        ),
      }),
      data('5:26: ExecuteComponents is not allowed in a workflow of the type DISTRIBUTION; it is for "BUILD" and "TEST".'),
    ],
    [
      "sixteen steps",
      "CreateWorkflow",
      workflow("abc", {
        data: documentOf("a", Array.from({ length: 16 }, (_, index) => LAUNCH.replace("Launch,", `Launch${index},`)).join("\n")),
      }),
      data("19:5: a workflow has at most 15 steps; found 16"),
    ],
    [
      "a dry run",
      "CreateWorkflow",
      workflow("abc", { dryRun: true }),
      "DryRunOperationException: The request would have succeeded, but the dry run flag is set.",
    ],
    [
      "a dry run with a fault",
      "CreateWorkflow",
      workflow("abc", { dryRun: true, data: "hello" }),
      data("1:1: a workflow document must be a mapping; found"),
    ],
    [
      "what a dry run did not make",
      "GetWorkflow",
      { workflowBuildVersionArn: `${ARN}workflow/build/abc/1.0.0` },
      `ResourceNotFoundException: Resource of type 'Workflow' with identifier '${ARN}workflow/build/abc/1.0.0' cannot be found.`,
    ],
    [
      "the ARN of a component",
      "GetWorkflow",
      { workflowBuildVersionArn: `${ARN}component/abc/1.0.0/1` },
      "InvalidParameterValueException: The value supplied for parameter 'workflowBuildVersionArn' is not valid. ",
    ],
    [
      "a version to be deleted",
      "DeleteWorkflow",
      { workflowBuildVersionArn: `${ARN}workflow/build/wild/1.0.0` },
      "InvalidParameterValueException: The value supplied for parameter 'workflowBuildVersionArn' is not valid. ",
    ],
    [
      "a missing workflow to be deleted",
      "DeleteWorkflow",
      { workflowBuildVersionArn: `${ARN}workflow/build/none/1.0.0/1` },
      `ResourceNotFoundException: Resource of type 'Workflow' with identifier '${ARN}workflow/build/none/1.0.0/1' cannot be found.`,
    ],
    [
      "the owner Shared",
      "ListWorkflows",
      { owner: "Shared" },
      "InvalidParameterValueException: The value supplied for parameter 'owner' is not valid. no workflows have the owner 'Shared'; allowed: Self, Amazon and AWSMarketplace.",
    ],
    [
      "the owner ThirdParty",
      "ListWorkflows",
      { owner: "ThirdParty" },
      "InvalidParameterValueException: The value supplied for parameter 'owner' is not valid. no workflows have the owner 'ThirdParty'; allowed: Self, Amazon and AWSMarketplace.",
    ],
    [
      "an unknown filter",
      "ListWorkflows",
      { filters: [{ name: "platform", values: ["Linux"] }] },
      "InvalidParameterValueException: The value supplied for parameter 'filters' is not valid. unknown filter \"platform\"; allowed: ",
    ],
    [
      "byName with the filter version",
      "ListWorkflows",
      { byName: true, filters: [{ name: "version", values: ["1.0.0"] }] },
      'InvalidRequestException: the filter "version" cannot be combined with "byName".',
    ],
  ] as const)("%s", async (_, operation, input, expected) => {
    expect((await scene.refused(operation, input)).slice(0, expected.length)).toBe(expected);
  });
});

test("the owners Amazon and AWSMarketplace have no workflows", async () => {
  for (const owner of ["Amazon", "AWSMarketplace"])
    expect(await scene.call("ListWorkflows", { owner })).toEqual({ workflowVersionList: [] });
});
