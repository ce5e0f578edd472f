import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib, type IbRun } from "./ib.js";

/** Runs `ib` in a folder with these files. */
function withFiles(files: Readonly<Record<string, string | object>>, commandLine: string): Promise<IbRun> {
  return withTemporaryFolder(async (folder) => {
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content, null, 2));
    return ib(commandLine.split(" "), { folder });
  });
}

const PHASES = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Version: { Type: String, Default: '24.05' }
Resources:
  Tool:
    Type: AWS::ImageBuilder::Component
    Properties:
      Data: !Sub |
        schemaVersion: 1.0
        phases:
          - name: build
            steps:
              - name: Install
                action: ExecuteBash
                inputs:
                  commands:
                    - version=\${Version}; echo "\${!version} in \${AWS::Region}"
  Other:
    Type: AWS::ImageBuilder::Component
    Properties:
      Data: "${PHASES.replaceAll("\n", "\\n")}"
`;
const WORKFLOW = "name: check-image\nschemaVersion: 1.0\nsteps:\n  - name: Launch\n    action: LaunchInstance\n";

describe("ib component", () => {
  test("validate checks the documents of a template in place and counts them", async () => {
    expect(await withFiles({ "template.yaml": TEMPLATE, "own.yaml": PHASES }, "component validate template.yaml own.yaml")).toEqual({
      code: 0,
      stdout: "",
      stderr: [
        'template.yaml:17:64: info: the value of "AWS::Region" is not known here; what depends on it is passed over [value-not-known]',
        '                   - version=${Version}; echo "${!version} in ${AWS::Region}"',
        "                                                              ^",
        "1 info",
        "3 documents valid",
        "",
      ].join("\n"),
    });
    const { stdout } = await withFiles({ "template.yaml": TEMPLATE }, "component validate template.yaml --json");
    expect(JSON.parse(stdout)).toMatchObject({ documents: ["template.yaml: Tool", "template.yaml: Other"] });
  });

  test("run takes the document of a template that has one, if all of it is known", async () => {
    const one = TEMPLATE.slice(0, TEMPLATE.indexOf("  Other:"));
    expect(await withFiles({ "t.yaml": TEMPLATE }, "component run t.yaml --plan")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        't.yaml:1:1: this is a CloudFormation template with 2 component documents, those of "Other" and "Tool"; one is wanted [several-documents]',
      ),
    });
    expect(await withFiles({ "t.yaml": one }, "component run t.yaml --plan")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^t\.yaml:17:64: the value of "AWS::Region" is not known here \[value-not-known\]\n/),
    });
    const { code, stdout } = await withFiles({ "t.yaml": one.replace("${AWS::Region}", "here") }, "component run t.yaml --plan");
    expect([code, stdout]).toEqual([0, expect.stringContaining('version=24.05; echo \\"${version} in here\\"')]);
  });

  test("says of a workflow what it is, and nothing else", async () => {
    const shown = [
      'c.yaml:3:1: this is a workflow document (it has "steps" and no "phases"), not a component document [other-kind-of-file]',
      "  steps:",
      "  ^~~~~",
      "  help: check it with ib workflow validate",
      "1 error",
      "",
    ].join("\n");
    for (const command of ["validate", "run"])
      expect(await withFiles({ "c.yaml": WORKFLOW }, `component ${command} c.yaml`)).toEqual({ code: 1, stdout: "", stderr: shown });
  });
});

test("ib build says of a component document what it is", async () => {
  const { code, stderr } = await withFiles({ "c.yaml": PHASES }, "build c.yaml");
  expect([code, stderr.split("\n")[0]]).toEqual([
    1,
    'c.yaml:2:1: this is a component document (it has "phases"), not a recipe of a container image [other-kind-of-file]',
  ]);
});

test("ib build checks an image recipe, and then says that it is not built", async () => {
  const recipe =
    "name: web\nsemanticVersion: 1.0.0\nparentImage: ami-1\nblockDeviceMappings:\n  - deviceName: /dev/xvda\n    ebs: { volumeSize: 8 }\ncomponents:\n  - componentArn: arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x\n";
  expect(await withFiles({ "r.yaml": recipe }, "build r.yaml")).toEqual({
    code: 1,
    stdout: "",
    stderr: [
      "r.yaml:3:1: this is an image recipe, not a recipe of a container image [other-kind-of-file]",
      "  parentImage: ami-1",
      "  ^~~~~~~~~~~",
      '  help: the recipe has no faults; ib build does not yet build the disks of machine images, only container images: a container recipe has "containerType": "DOCKER"',
      "1 error",
      "",
    ].join("\n"),
  });
  expect(await withFiles({ "r.yaml": recipe.replace("volumeSize: 8", "volumeSize: 8G") }, "build r.yaml")).toEqual({
    code: 1,
    stdout: "",
    stderr: [
      'r.yaml:6:24: "blockDeviceMappings[0].ebs.volumeSize" must be a whole number; found "8G" [wrong-type]',
      "      ebs: { volumeSize: 8G }",
      "                         ^~",
      "1 error",
      "",
    ].join("\n"),
  });
});

const BUILD = {
  ...{ name: "web", version: "1.0.0/3", date: "2026-01-02T03:04:05.678Z", region: "us-east-1", accountId: "123456789012" },
  ...{ platform: "Linux", ami: { id: "ami-01a23bc4def5a6789" } },
};
const DISTRIBUTIONS = [{ region: "us-east-1", amiDistributionConfiguration: { name: "web-{{ imagebuilder:buildDate }}" } }];
const ANSWER = {
  requestId: "00000000-0000-0000-0000-000000000000",
  distributionConfiguration: {
    arn: "arn:aws:imagebuilder:us-east-1:123456789012:distribution-configuration/web",
    ...{ name: "web", distributions: DISTRIBUTIONS, timeoutMinutes: 720, dateCreated: "2026-01-01T00:00:00.000Z", tags: {} },
  },
};
const STACK = `Parameters:
  Target: { Type: String, Default: us-east-1 }
Resources:
  Dist:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: web
      Distributions:
        - Region: !Ref Target
          AmiDistributionConfiguration: { Name: "web-{{ imagebuilder:buildDate }}" }
`;

describe("ib distribution plan", () => {
  test("plans the same from the answer of the service, YAML and a template", async () => {
    const plans = [];
    for (const [name, settings] of Object.entries({
      "dist.json": ANSWER,
      "settings.json": { name: "web", distributions: DISTRIBUTIONS },
      "settings.yaml": `name: web\ndistributions: ${JSON.stringify(DISTRIBUTIONS)}\n`,
      "stack.yaml": STACK,
    })) {
      const { code, stdout, stderr } = await withFiles(
        { [name]: settings, "build.json": BUILD },
        `distribution plan ${name} build.json --json`,
      );
      expect([name, code, stderr]).toEqual([name, 0, ""]);
      plans.push(JSON.parse(stdout) as unknown);
    }
    for (const plan of plans) expect(plan).toEqual(plans[0]);
  });

  test.each([
    [
      { "a.json": BUILD, "b.json": { distributions: DISTRIBUTIONS } },
      [
        'a.json:5:3: this is a finished build (it has "accountId", "date" and "region"), not a distribution configuration [other-kind-of-file]',
        'b.json:2:3: this is a distribution configuration (it has "distributions"), not a finished build [other-kind-of-file]',
      ],
    ],
    [
      { "a.json": STACK.replace("!Ref Target", "!Ref AWS::Region"), "b.json": BUILD },
      ['a.json:9:24: the value of "AWS::Region" is not known here [value-not-known]'],
    ],
    [
      { "a.json": STACK.replace("Region: !Ref", "Regoin: !Ref"), "b.json": BUILD },
      [expect.stringMatching(/^a\.json:9:11: "distributions\[0\]": unknown key "Regoin"; /)],
    ],
    [
      { "a.json": STACK.replace("DistributionConfiguration", "ImagePipeline"), "b.json": BUILD },
      ['a.json:3:1: this is a CloudFormation template (it has "Resources"), not a distribution configuration [other-kind-of-file]'],
    ],
  ])("shows faults where they stand: %#", async (files, expected) => {
    const { code, stderr } = await withFiles(files, "distribution plan a.json b.json");
    expect([code, stderr.split("\n").filter((line) => /^[ab]\.json/.test(line))]).toEqual([1, expected]);
  });
});

const POLICY = {
  ...{ name: "old", executionRole: "arn:aws:iam::123456789012:role/lifecycle", resourceType: "AMI_IMAGE" },
  policyDetails: [{ action: { type: "DELETE" }, filter: { type: "AGE", value: 6, unit: "MONTHS" } }],
  resourceSelection: { tagMap: { team: "a" } },
};
const POLICY_STACK = `Resources:
  Role: { Type: AWS::IAM::Role }
  Policy:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      Name: old
      ExecutionRole: !GetAtt Role.Arn
      ResourceType: AMI_IMAGE
      PolicyDetails:
        - Action: { Type: DELETE }
          Filter: { Type: AGE, Value: 6, Unit: MONTHS }
      ResourceSelection: { TagMap: { team: a } }
`;

describe("ib lifecycle preview", () => {
  test("shows the same for the request, the answer, YAML and a template, whose role it does not need", async () => {
    const previews = [];
    for (const [name, policy] of Object.entries({
      "p.json": POLICY,
      "answer.json": {
        requestId: "1",
        lifecyclePolicy: { ...POLICY, arn: "arn:aws:imagebuilder:us-east-1:123456789012:lifecycle-policy/old" },
      },
      "p.yaml": JSON.stringify(POLICY),
      "stack.yaml": POLICY_STACK,
    })) {
      const { code, stdout, stderr } = await withFiles(
        { [name]: policy, "i.json": [] },
        `lifecycle preview ${name} i.json --at 2027-01-01 --json`,
      );
      const notice =
        name === "stack.yaml" ? /info: the value of "Role\.Arn" is not known here; what depends on it is passed over/ : /^on 2027/;
      expect([name, code]).toEqual([name, 0]);
      expect(stderr).toMatch(notice);
      previews.push(JSON.parse(stdout) as unknown);
    }
    for (const preview of previews) expect(preview).toEqual(previews[0]);
  });

  test("says of other files what they are", async () => {
    const { code, stderr } = await withFiles({ "a.json": { images: [] }, "b.json": POLICY }, "lifecycle preview a.json b.json");
    expect([code, stderr.split("\n").filter((line) => /^[ab]\.json/.test(line))]).toEqual([
      1,
      [
        'a.json:2:3: this is a list of images (it has "images"), not a lifecycle policy [other-kind-of-file]',
        'b.json:5:3: this is a lifecycle policy (it has "policyDetails"), not a list of images [other-kind-of-file]',
      ],
    ]);
  });
});
