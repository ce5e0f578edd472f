import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib, inShell, type IbRun } from "./ib.js";

const AT = "--at 2026-11-28 --next 1";

/** Explains a schedule in a folder with these files. */
function explain(files: Readonly<Record<string, string | object>>, argument: string, flags = AT): Promise<IbRun> {
  return withTemporaryFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), textOf(content));
    return ib(["schedule", "explain", argument, ...flags.split(" ").filter((flag) => flag !== "")], { folder });
  });
}

function textOf(content: string | object): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}

const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012";
const SCHEDULE = { scheduleExpression: "cron(0 8 ? * MON *)", timezone: "Europe/Berlin" };
const REFERENCES = {
  imageRecipeArn: `${ARN}:image-recipe/web/1.0.0`,
  infrastructureConfigurationArn: `${ARN}:infrastructure-configuration/web`,
};
const CREATE = { name: "web", ...REFERENCES, schedule: SCHEDULE, clientToken: "t" };
const UPDATE = { imagePipelineArn: `${ARN}:image-pipeline/web`, ...REFERENCES, schedule: SCHEDULE };
const SHOWN = {
  ...{ arn: `${ARN}:image-pipeline/web`, name: "web", platform: "Linux", enhancedImageMetadataEnabled: true, ...REFERENCES },
  imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 },
  schedule: { ...SCHEDULE, pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" },
  ...{ status: "ENABLED", dateCreated: "2026-01-01T06:00:00.000Z", dateNextRun: "2026-11-30T07:00:00Z", tags: {}, consecutiveFailures: 0 },
};
const STACK = `Parameters:
  When: { Type: String, Default: 'cron(0 8 ? * MON *)' }
  Zone: { Type: String, Default: Europe/Berlin }
  Switch: { Type: String }
Resources:
  Infrastructure:
    Type: AWS::ImageBuilder::InfrastructureConfiguration
    Properties: { Name: web, InstanceProfileName: builder }
  Weekly:
    Type: AWS::ImageBuilder::ImagePipeline
    Properties:
      Name: !Sub '\${AWS::StackName}-weekly'
      Status: !Ref Switch
      InfrastructureConfigurationArn: !Ref Infrastructure
      ImageRecipeArn: !Sub 'arn:\${AWS::Partition}:imagebuilder:\${AWS::Region}:\${AWS::AccountId}:image-recipe/web/1.0.0'
      Schedule:
        ScheduleExpression: !Sub '\${When}'
        Timezone: !Ref Zone
`;

const yaml = (value: object) =>
  Object.entries(value)
    .map(([key, member]: [string, unknown]) => `${key}: ${typeof member === "string" ? member : JSON.stringify(member)}\n`)
    .join("");

describe("ib schedule explain reads", () => {
  test.each<[string, string | object, object | null]>([
    ["schedule.json", SCHEDULE, null],
    ["schedule.yaml", yaml(SCHEDULE), null],
    ["under-its-name.json", { schedule: SCHEDULE }, null],
    ["create.json", CREATE, { name: "web", enabled: true }],
    ["create.yaml", yaml(CREATE), { name: "web", enabled: true }],
    ["update.json", UPDATE, { name: null, enabled: true }],
    ["get.json", { requestId: "1", imagePipeline: SHOWN }, { name: "web", enabled: true }],
    ["get.yaml", `imagePipeline: ${JSON.stringify(SHOWN)}\n`, { name: "web", enabled: true }],
    ["boto3.json", { ResponseMetadata: { HTTPStatusCode: 200 }, imagePipeline: SHOWN }, { name: "web", enabled: true }],
    ["list.json", { requestId: "1", imagePipelineList: [SHOWN] }, { name: "web", enabled: true }],
    ["stack.yaml", STACK, { name: null, enabled: true }],
    [
      "stack.json",
      { Resources: { Weekly: { Type: "AWS::ImageBuilder::ImagePipeline", Properties: pascal({ ...CREATE, clientToken: undefined }) } } },
      { name: "web", enabled: true },
    ],
  ])("%s", async (name, content, pipeline) => {
    const { code, stdout, stderr } = await explain({ [name]: content }, name, `${AT} --json`);
    expect([code, stderr, JSON.parse(stdout)]).toEqual([
      0,
      "",
      {
        explanation: "at 08:00 every Monday, Europe/Berlin time",
        previous: "2026-11-23T07:00:00.000Z",
        next: ["2026-11-30T07:00:00.000Z"],
        expression: "cron(0 8 ? * MON *)",
        timezone: "Europe/Berlin",
        pipeline,
      },
    ]);
  });

  test("standard input, and a file whose name looks like an expression", async () => {
    const shown = "at 08:00 every Monday, Europe/Berlin time\nlast  2026-11-23T07:00:00.000Z\nnext  2026-11-30T07:00:00.000Z\n";
    await withTemporaryFolder(async (folder) => {
      for (const name of ["p.json", "0 8 * * ? *", "pipeline (1).json"]) await writeFile(join(folder, name), textOf(CREATE));
      for (const line of ["- < p.json", "'./0 8 * * ? *'", "'pipeline (1).json'"])
        expect(await inShell(`ib schedule explain ${AT} ${line}`, folder)).toEqual({ code: 0, stdout: shown, stderr: "" });
    });
  });

  test("a rate, which counts from the creation of the pipeline unless --created says otherwise", async () => {
    const get = { imagePipeline: { ...SHOWN, schedule: { scheduleExpression: "rate(7 days)" } } };
    expect((await explain({ "get.json": get }, "get.json")).stdout).toBe(
      "every 7 days from 2026-01-01T06:00:00.000Z\nlast  2026-11-26T06:00:00.000Z\nnext  2026-12-03T06:00:00.000Z\n",
    );
    expect((await explain({ "get.json": get }, "get.json", `${AT} --created 2026-11-27`)).stdout).toBe(
      "every 7 days from 2026-11-27T00:00:00.000Z\nlast  2026-11-27T00:00:00.000Z\nnext  2026-12-04T00:00:00.000Z\n",
    );
  });

  test("a pipeline that is disabled, and says so", async () => {
    expect(await explain({ "p.yaml": yaml({ ...CREATE, status: "DISABLED" }) }, "p.yaml")).toEqual({
      code: 0,
      stdout: "at 08:00 every Monday, Europe/Berlin time\nlast  2026-11-23T07:00:00.000Z\nnext  2026-11-30T07:00:00.000Z\n",
      stderr: "the pipeline is disabled; these would be its runs if it were enabled\n",
    });
  });
});

function pascal(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [key.charAt(0).toUpperCase() + key.slice(1), pascal(member)]),
  );
}

const TWO = STACK.replace(
  "  Infrastructure:\n",
  "  Daily: { Type: AWS::ImageBuilder::ImagePipeline, Properties: {} }\n  Infrastructure:\n",
);

describe("faults have their place in the file", () => {
  test.each<[string, string, string | object, string[]]>([
    [
      "an expression in YAML",
      "p.yaml",
      yaml(SCHEDULE).replace("0 8", "0 24"),
      [
        'p.yaml:1:28: hour "24" is out of range; allowed: 0 to 23 [value-out-of-range]',
        "  scheduleExpression: cron(0 24 ? * MON *)",
        "                             ^~",
        "1 error",
      ],
    ],
    [
      "the members of a response",
      "p.yaml",
      `imagePipeline:\n  arn: ${SHOWN.arn}\n  status: ON\n  schedule:\n    scheduleExpression: rate(1 day)\n    pipelineExecutionStartCondition: ALWAYS\n`,
      [
        'p.yaml:3:11: "status" must be "DISABLED" or "ENABLED"; found "ON" [value-not-allowed]',
        "    status: ON",
        "            ^~",
        'p.yaml:6:38: "schedule.pipelineExecutionStartCondition" must be "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" or "EXPRESSION_MATCH_ONLY"; found "ALWAYS" [value-not-allowed]',
        "      pipelineExecutionStartCondition: ALWAYS",
        "                                       ^~~~~~",
        "2 errors",
      ],
    ],
    [
      "a pipeline without a schedule",
      "p.yaml",
      yaml({ name: "web", ...REFERENCES }),
      [
        'p.yaml:1:1: the pipeline has no "schedule"; it runs only when it is started [missing-key]',
        "  name: web",
        "  ^~~~~~~~~",
        "1 error",
      ],
    ],
    [
      "a schedule without an expression",
      "p.yaml",
      yaml({ ...CREATE, schedule: { timezone: "Etc/UTC" } }),
      [
        'p.yaml:4:12: "schedule" must have "scheduleExpression" [missing-key]',
        '  schedule: {"timezone":"Etc/UTC"}',
        "             ^~~~~~~~~~",
        "1 error",
      ],
    ],
    [
      "an expression in a template",
      "stack.yaml",
      STACK.replace("'${When}'", "'cron(0 24 ? * MON *)'"),
      [
        'stack.yaml:17:42: hour "24" is out of range; allowed: 0 to 23 [value-out-of-range]',
        "          ScheduleExpression: !Sub 'cron(0 24 ? * MON *)'",
        "                                           ^~",
        "1 error",
      ],
    ],
    [
      "a value that a template leaves open",
      "stack.yaml",
      STACK.replace("${When}", "cron(${Switch})"),
      [
        'stack.yaml:17:34: the value of "Switch" is not known here [value-not-known]',
        "          ScheduleExpression: !Sub 'cron(${Switch})'",
        "                                   ^~~~~~~~~~~~~~~~~",
        "1 error",
      ],
    ],
    [
      "a template with two pipelines",
      "stack.yaml",
      TWO,
      [
        'stack.yaml:5:1: this CloudFormation template has 2 resources of the type "AWS::ImageBuilder::ImagePipeline": "Daily" and "Weekly"; one is wanted [several-resources]',
        "  Resources:",
        "  ^~~~~~~~~",
        "  help: write the wanted one into a file of its own",
        "1 error",
      ],
    ],
    [
      "a template without pipelines",
      "stack.yaml",
      "Resources:\n  A: { Type: AWS::S3::Bucket }\n",
      [
        'stack.yaml:1:1: this is a CloudFormation template (it has "Resources"), not an image pipeline or its schedule [other-kind-of-file]',
        "  Resources:",
        "  ^~~~~~~~~",
        '  help: it has no resource of the type "AWS::ImageBuilder::ImagePipeline"',
        "1 error",
      ],
    ],
    [
      "a list of two pipelines",
      "list.json",
      '{"imagePipelineList": [{"name": "weekly"}, {"name": "daily"}]}',
      [
        'list.json:1:2: this is a list of 2 image pipelines: "daily" and "weekly"; one is wanted [several-resources]',
        '  {"imagePipelineList": [{"name": "weekly"}, {"name": "daily"}]}',
        "   ^~~~~~~~~~~~~~~~~~~",
        "  help: write the wanted one into a file of its own",
        "1 error",
      ],
    ],
    [
      "a lifecycle policy",
      "policy.yaml",
      "name: old\npolicyDetails: []\n",
      [
        'policy.yaml:2:1: this is a lifecycle policy (it has "policyDetails"), not an image pipeline or its schedule [other-kind-of-file]',
        "  policyDetails: []",
        "  ^~~~~~~~~~~~~",
        "  help: preview it with ib lifecycle preview POLICY IMAGES",
        "1 error",
      ],
    ],
    ["an empty file", "p.yaml", "", ["p.yaml:1:1: the text is empty [wrong-type]", "1 error"]],
  ])("%s", async (_what, name, content, expected) => {
    const { code, stdout, stderr } = await explain({ [name]: content }, name);
    expect([code, stdout, stderr.split("\n").slice(0, -1)]).toEqual([1, "", expected]);
  });
});

describe("an argument that is neither an expression nor a file", () => {
  const FORMS = [
    '  try: an expression is "cron(0 8 * * ? *)", "rate(7 days)", or the six fields of cron alone',
    "  try: a file is named by its path; - is standard input",
    "",
  ];
  test.each<[string, string[]]>([
    ["pipeline.json", ['error: "pipeline.json" is neither a schedule expression nor an existing file', ...FORMS]],
    ["7 days", ['error: "7 days" is neither a schedule expression nor an existing file', '  try: write "rate(7 days)"', ...FORMS]],
    [
      "crn(0 8 * * ? *)",
      ['error: "crn(0 8 * * ? *)" is neither a schedule expression nor an existing file', '  try: write "cron(0 8 * * ? *)"', ...FORMS],
    ],
  ])("%s", async (argument, expected) => {
    const { code, stdout, stderr } = await explain({}, argument);
    expect([code, stdout, stderr.split("\n")]).toEqual([1, "", expected]);
  });

  test("a folder", async () => {
    expect(await explain({}, ".")).toEqual({
      code: 1,
      stdout: "",
      stderr: 'error: "." cannot be read: it is a folder\n  try: check the path; - is standard input\n',
    });
  });

  test("--timezone does not go with a file", async () => {
    expect(await explain({ "p.json": SCHEDULE }, "p.json", "--timezone UTC")).toEqual({
      code: 2,
      stdout: "",
      stderr: "--timezone is the time zone of an expression; the schedule in a file has its own\n  try: ib schedule explain --help\n",
    });
  });

  test("five fields are an expression, whose fault is shown", async () => {
    const { code, stderr } = await explain({}, "0 8 * * *");
    expect([code, stderr.split("\n").slice(0, -1)]).toEqual([
      1,
      [
        "schedule.scheduleExpression:1:1: a cron expression has six fields, minute, hour, day, month, day of the week and year; found 5 fields [field-count]",
        "  0 8 * * *",
        "  ^~~~~~~~~",
        '  help: the year is missing: "0 8 * * ? *"',
        "1 error",
      ],
    ]);
  });
});
