import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { toPlain } from "@imagewright/yaml-syntax";
import type { FileKind } from "./kind/file-kind.js";
import { openResource, type OpenOptions } from "./open-resource.js";

function open(text: string, kind: FileKind, options?: OpenOptions) {
  const { form, resource, diagnostics } = openResource(new SourceFile("f", text), kind, options);
  const shown = diagnostics.map(
    ({ span, severity, message }) => `${formatLocation(span)} ${severity === "error" ? "" : `${severity}: `}${message}`,
  );
  return { form, value: resource === undefined ? undefined : toPlain(resource.node), shown };
}

function template(type: string, properties: string): string {
  return `Parameters: {Open: {Type: String}}\nResources:\n  It:\n    Type: AWS::ImageBuilder::${type}\n    Properties: ${properties}\n`;
}

describe("properties are as the API has them", () => {
  test.each<[string, string, FileKind, object]>([
    [
      "Component",
      "{Version: 1.0.0, Data: x, KmsKeyId: k, SupportedOsVersions: [a]}",
      "component",
      { semanticVersion: "1.0.0", data: "x", kmsKeyId: "k", supportedOsVersions: ["a"] },
    ],
    [
      "DistributionConfiguration",
      "{Distributions: [{AmiDistributionConfiguration: {AmiTags: {Team: A}, LaunchPermissionConfiguration: {UserIds: ['1']}}}], Tags: {Name: B}}",
      "distribution-configuration",
      {
        distributions: [{ amiDistributionConfiguration: { amiTags: { Team: "A" }, launchPermission: { userIds: ["1"] } } }],
        tags: { Name: "B" },
      },
    ],
    [
      "DistributionConfiguration",
      "{Distributions: [{AmiDistributionConfiguration: {name: x, amiTags: {t: a}}}]}",
      "distribution-configuration",
      { distributions: [{ amiDistributionConfiguration: { name: "x", amiTags: { t: "a" } } }] },
    ],
    [
      "LifecyclePolicy",
      "{PolicyDetails: [{Action: {Type: DELETE}, ExclusionRules: {TagMap: {Keep: Yes}}}], ResourceSelection: {TagMap: {A: B}}}",
      "lifecycle-policy",
      {
        policyDetails: [{ action: { type: "DELETE" }, exclusionRules: { tagMap: { Keep: "Yes" } } }],
        resourceSelection: { tagMap: { A: "B" } },
      },
    ],
    [
      "ImagePipeline",
      "{Schedule: {ScheduleExpression: x}, Unknown: {Key: 1}, Status: !Ref AWS::NoValue}",
      "image-pipeline",
      { schedule: { scheduleExpression: "x" }, Unknown: { Key: "1" } },
    ],
    ["ContainerRecipe", "{Components: !Ref AWS::NoValue, Version: !Sub '1.${!x}'}", "container-recipe", { semanticVersion: "1.${x}" }],
  ])("%s: %s", (type, properties, kind, value) => {
    expect(open(template(type, properties), kind)).toEqual({ form: "template", value, shown: [] });
  });

  test.each(["~", "xyz", "[xyz]"])("%s in place of properties is one fault", (properties) => {
    const { value, shown } = open(template("InfrastructureConfiguration", properties), "infrastructure-configuration");
    expect([value, shown]).toEqual([
      undefined,
      [expect.stringMatching(/^f:\d+:\d+ the resource "It" must have "Properties", which is a mapping$/)],
    ]);
  });
});

describe("values that a template leaves open", () => {
  const text = template("ContainerRecipe", "{Name: !Ref Open, KmsKeyId: !GetAtt It.Arn, ParentImage: !Sub 'x-${Open}'}");

  test("are notices, each name once", () => {
    expect(open(text, "container-recipe").shown).toEqual([
      'f:5:29 info: the value of "Open" is not known here; what depends on it is passed over',
      'f:5:53 info: the value of "It.Arn" is not known here; what depends on it is passed over',
    ]);
  });

  test("are errors where they are refused, but for members that do not matter and references that are followed", () => {
    expect(open(text, "container-recipe", { open: "refuse", unimportant: ["kmsKeyId"] }).shown).toEqual([
      'f:5:29 the value of "Open" is not known here',
      'f:5:53 info: the value of "It.Arn" is not known here; what depends on it is passed over',
    ]);
    expect(open(text, "container-recipe", { open: "refuse", references: ["kmsKeyId"] }).shown).toEqual([
      'f:5:29 the value of "Open" is not known here',
    ]);
  });
});

describe("the resource is", () => {
  test.each<[string, string, FileKind, ReturnType<typeof open>]>([
    ["the file itself", '{"distributions": []}', "distribution-configuration", { form: "file", value: { distributions: [] }, shown: [] }],
    ["what cannot be told", "name: x", "lifecycle-policy", { form: "file", value: { name: "x" }, shown: [] }],
    [
      "in an envelope",
      '{"requestId": "1", "imageRecipe": {"name": "a"}}',
      "image-recipe",
      { form: "file", value: { name: "a" }, shown: [] },
    ],
    ["nothing", "", "lifecycle-policy", { form: "file", value: undefined, shown: [] }],
    [
      "of another kind",
      "name: x\nimageRecipeArn: a\ninfrastructureConfigurationArn: b",
      "lifecycle-policy",
      {
        form: "other",
        value: undefined,
        shown: ['f:3:1 this is an image pipeline (it has "imageRecipeArn" and "infrastructureConfigurationArn"), not a lifecycle policy'],
      },
    ],
    [
      "of a kind that templates do not have",
      template("Component", "{}"),
      "image-list",
      { form: "other", value: undefined, shown: ['f:2:1 this is a CloudFormation template (it has "Resources"), not a list of images'] },
    ],
  ])("%s", (_what, text, kind, expected) => {
    expect(open(text, kind)).toEqual(expected);
  });
});
