import { describe, expect, test } from "@jest/globals";
import { Ajv, type ValidateFunction } from "ajv";
import { schemaOf, shapeNames, shapeOf, type ShapeName } from "../index.js";
import { toJsPattern } from "./js-pattern.js";

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addVocabulary(["patternDescription"]);
const validators = new Map<ShapeName, ValidateFunction>();
const validatorOf = (name: ShapeName) => {
  const validator = validators.get(name) ?? ajv.compile(schemaOf(name));
  validators.set(name, validator);
  return validator;
};

const P = "arn:aws:imagebuilder:us-west-2:123456789012";
const UUID = "a1b2c3d4-5678-90ab-cdef-0123456789ab";
const NUL = "a\u0000b";

/**
 * For each shape with a pattern: texts that it takes, and texts that it does not. Names and ARNs are those of guide and model, or near
 * them.
 */
const EXAMPLES: Readonly<Partial<Record<ShapeName, readonly [taken: readonly string[], refused: readonly string[]]>>> = {
  AccountId: [["123456789012"], ["12345678901", "1234560087789012", "12345678901a", "123456789012\n", ""]],
  AmiNameString: [
    ["Name {{ imagebuilder:buildDate }}", "web-1_0.x", "{a}", "a\tb"],
    ["ab", " web", "web.", "a:", "}ab", "ab{", "a\u00a0b", "über", `a${"b".repeat(127)}`],
  ],
  AmiWatermarkName: [
    ["team-a", "(a) [b] ./'@_-"],
    ["ab", " abc", "abc ", "a{b}c", "a".repeat(129)],
  ],
  ComponentBuildVersionArn: [
    [`${P}:component/my-example-component/2019.12.03/1`, "arn:aws-cn:imagebuilder:cn-north-1:third-party:component/a_b/1.0.0/12"],
    [`${P}:component/a/1.0.0`, `${P}:component/A/1.0.0/1`, `${P}:component/a/x.x.x/1`, `${P}:component/a/1.0.0/1 `],
  ],
  ComponentParameterDescription: [["any text\nof two lines"], ["", NUL]],
  ComponentParameterName: [["Port"], ["", NUL, "a".repeat(257)]],
  ComponentParameterType: [
    ["String", "Integer", "Boolean", "StringList"],
    ["string", "StringLists", "aInteger", ""],
  ],
  ComponentParameterValue: [["", "8080", "ä\n"], [NUL]],
  ComponentVersionArn: [
    [`${P}:component/sample-component01/1.0.1`],
    [`${P}:component/sample-component01/1.0.1/1`, `${P}:component/sample-component01/1.x.x`, `${P}:image/a/1.0.1`],
  ],
  ComponentVersionArnOrBuildVersionArn: [
    [
      "arn:aws:imagebuilder:us-west-2:111122223333:component/helloworldal2/x.x.x",
      `${P}:component/a/1.0.0`,
      `${P}:component/a/1.0.0/2`,
      "arn:aws:imagebuilder:us-east-1:aws-marketplace:component/example-linux-software-component/1.0.1",
    ],
    [`${P}:component/a`, `${P}:component/a/1.x.x/1`, `${P}:component/Sample-Test/1.0.0`, `x${P}:component/a/1.0.0`],
  ],
  ContainerRecipeArn: [
    [`${P}:container-recipe/my-example-recipe/2020.12.03`, `${P}:container-recipe/a/1.x.x`],
    [`${P}:image-recipe/a/1.0.0`, "arn:aws:imagebuilder:us-west-2:aws-marketplace:container-recipe/a/1.0.0", `${P}:container-recipe/a`],
  ],
  DistributionConfigurationArn: [
    [`${P}:distribution-configuration/my-example-distribution-configuration`],
    [`${P}:distribution-configuration/`, `${P}:distribution-configuration/a/1.0.0`],
  ],
  FilterName: [
    ["name", "supportedOsVersion"],
    ["", "os-version", "a1"],
  ],
  FilterValue: [
    ['Amazon Linux 2, {"a": "b"}', "1.0.0/1"],
    ["", "a*", "a\tb"],
  ],
  HttpTokens: [
    ["optional", "required"],
    ["none", "notoptional", "required!"],
  ],
  ImageBuildVersionArn: [
    [`${P}:image/my-example-image/1.0.0/7`, "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2-arm64/2024.12.17/1"],
    [`${P}:image/a/1.0.0`, "arn:aws:imagebuilder:us-west-2:third-party:image/a/1.0.0/1"],
  ],
  ImageBuilderArn: [
    [`${P}:image-pipeline/my-example-pipeline`, `${P}:workflow/build/example-build-workflow/1.0.0/1`, `${P}:image/a`],
    [`${P}:workflow/a`, `${P}:instance/i-1234567890abcdef0`, `${P}:lifecycle-execution/lce-${UUID}`, `${P}:image/a/1.0`],
  ],
  ImagePipelineArn: [[`${P}:image-pipeline/my-example-pipeline`], [`${P}:image-pipeline/My-Pipeline`, `${P}:image/a`]],
  ImageRecipeArn: [[`${P}:image-recipe/my-example-recipe/2020.12.03`, `${P}:image-recipe/a/x.x.x`], [`${P}:image-recipe/a/1.0.0/1`]],
  ImageVersionArn: [[`${P}:image/image-recipe-name/1.0.0`], [`${P}:image/a/1.0.0/1`, `${P}:image/a/x.x.x`]],
  ImageVersionArnOrBuildVersionArn: [
    ["arn:aws:imagebuilder:us-west-2:aws:image/windows-server-2016-english-full-base-x86/x.x.x", `${P}:image/a/1.0.0/1`],
    [`${P}:image/a`, `${P}:component/a/1.0.0`],
  ],
  InfrastructureConfigurationArn: [
    [`${P}:infrastructure-configuration/simple-infra-config-linux`],
    [`${P}:infrastructure-configuration/a b`],
  ],
  InlineComponentData: [["name: a\nphases: []\n"], ["", NUL, "a".repeat(16_001)]],
  InlineDockerFileTemplate: [["FROM {{{ imagebuilder:parentImage }}}\n"], ["", NUL]],
  InlineWorkflowData: [["name: a\n"], ["", NUL]],
  InstanceProfileNameType: [
    ["EC2InstanceProfileForImageBuilder", "a_+=,.@-"],
    ["", "a b", "a/b", "ä"],
  ],
  LaunchTemplateId: [
    ["lt-0a1b2c3d4e5f67890", "lt-abcdefghijklmno-_"],
    ["lt-1", "lt-0A1b2c3d4e5f67890", "i-0a1b2c3d4e5f67890"],
  ],
  LicenseConfigurationArn: [
    ["arn:aws:license-manager:us-west-2:123456789012:license-configuration:lic-0123456789abcdef0123456789abcdef"],
    ["arn:aws:license-manager:us-west-2:123456789012:license-configuration:lic-1"],
  ],
  LifecycleExecutionId: [
    [`lce-${UUID}`, `lce-${UUID.toUpperCase()}`],
    [`wf-${UUID}`, "lce-1", UUID],
  ],
  LifecyclePolicyArn: [
    ["arn:aws:imagebuilder:us-west-2:111122223333:lifecycle-policy/sample-lifecycle-policy2"],
    ["arn:aws2:imagebuilder:us-west-2:111122223333:lifecycle-policy/a", "arn:aws:imagebuilder:mars:111122223333:lifecycle-policy/a"],
  ],
  LogGroupName: [["/aws/imagebuilder/web_1.0"], ["", "a b", "a".repeat(513)]],
  MarketplaceResourceLocation: [
    ["s3://bucket/a/key", "s3://b/ab"],
    ["s3://bucket/", "s3://bucket/a", "s3://bucket/a/", "https://a/b", "s3://b/a\nb"],
  ],
  OrganizationArn: [
    ["arn:aws:organizations::123456789012:organization/o-abcdefghij"],
    ["arn:aws:organizations::123456789012:organization/o-1"],
  ],
  OrganizationalUnitArn: [
    ["arn:aws:organizations::123456789012:ou/o-abcdefghij/ou-abcd-12345678"],
    ["arn:aws:organizations::123456789012:ou/o-abcdefghij/ou-abcd-12345678/x", "arn:aws:organizations::123456789012:ou/o-abcdefghij"],
  ],
  ParallelGroup: [
    ["group-1", "a_b+c#"],
    ["", "-a", "a b", "a".repeat(101)],
  ],
  ProductCodeId: [["a1b2c3d4e5f6g7h8i9j0k1l2m"], ["", "a-b", "a".repeat(26)]],
  ResourceName: [
    ["My Recipe", "a_b", "-_-", "abc", "a".repeat(128)],
    ["ab", " abc", "abc ", "a.b", "a\tb", "recipe\n", "über", "a".repeat(129), ""],
  ],
  RoleNameOrArn: [
    ["Ec2ImageBuilderLifecycleRole", "arn:aws:iam::123456789012:role/service-role/Example", "a/b"],
    ["", "a b", "arn:aws:iam:123456789012:role/a", "arn:aws2:iam::123456789012:role/a"],
  ],
  SnsTopicArn: [["arn:aws:sns:us-west-2:123456789012:my-topic"], ["arn:aws:sns:us-west-2:123456789012:a.fifo", "my-topic"]],
  SsmParameterName: [
    ["/images/web_1.0", "a"],
    ["", "a b", "a".repeat(1012)],
  ],
  TagKey: [
    ["team", "a b", "A_.:/=+-@9", "AWS:a"],
    ["", "aws:team", "a;b", "über", "a\u00a0b", "a".repeat(129)],
  ],
  Timezone: [
    ["Etc/UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+1", "UTC"],
    ["", "A", "Etc/", "Etc/UTC!", "Etc UTC", "-UTC"],
  ],
  UserDataOverride: [
    ["IyEvYmluL2Jhc2g=", "YQ==", "YWJj"],
    ["", "YQ", "YQ=", "a b=", "YQ==\n"],
  ],
  VersionNumber: [
    ["1.0.0", "2021.01.01"],
    ["1.0", "1.0.0/1", "1.x.x", "v1.0.0", "1.0.0\n"],
  ],
  VersionNumberWithBuild: [
    ["1.0.0", "1.0.0/2"],
    ["1.0.0/", "1.0.0/x", "1.0"],
  ],
  WildcardVersionNumber: [
    ["x.x.x", "1.x.x", "1.2.3"],
    ["X.x.x", "1.*.*", "1.x", "1.0.0/1"],
  ],
  WorkflowBuildVersionArn: [
    ["arn:aws:imagebuilder:us-west-2:111122223333:workflow/build/example-build-workflow/1.0.0/1", `${P}:workflow/distribution/a/1.0.0/1`],
    [`${P}:workflow/a/1.0.0/1`, `${P}:workflow/verify/a/1.0.0/1`, `${P}:workflow/build/a/1.0.0`],
  ],
  WorkflowExecutionId: [[`wf-${UUID}`], [`wf-${UUID}0`, "wf-a1b2c3d4-5678-90ab-cdef-EXAMPLE22222"]],
  WorkflowParameterDescription: [["a text"], [NUL]],
  WorkflowParameterName: [["waitForActionAtEnd"], ["", NUL, "a".repeat(129)]],
  WorkflowParameterType: [
    ["string", "integer", "boolean", "stringList"],
    ["String", "list", ""],
  ],
  WorkflowParameterValue: [["", "true"], [NUL]],
  WorkflowStepAction: [
    ["LaunchInstance", "a1"],
    ["a", "1a", "Launch Instance", "a".repeat(101)],
  ],
  WorkflowStepExecutionId: [[`step-${UUID}`], [`wf-${UUID}`, "step-1"]],
  WorkflowStepName: [
    ["Launch_Build-Instance1", "ab"],
    ["a", "_a", "a b"],
  ],
  WorkflowVersionArnOrBuildVersionArn: [
    [
      "arn:aws:imagebuilder:us-west-2:111122223333:workflow/test/example-test-workflow/1.0.0",
      `${P}:workflow/build/a/x.x.x`,
      `${P}:workflow/build/a/1.0.0/1`,
    ],
    [`${P}:workflow/build/a`, "arn:aws:imagebuilder:us-west-2:third-party:workflow/build/a/1.0.0"],
  ],
  WorkflowWildcardVersionArn: [[`${P}:workflow/build/a/x.x.x`, `${P}:workflow/build/a/1.0.0`], [`${P}:workflow/build/a/1.0.0/1`]],
};

describe("patterns of the model, with the limits beside them", () => {
  const patterned = shapeNames().filter((name) => "pattern" in shapeOf(name));

  test("each has examples", () => {
    expect(Object.keys(EXAMPLES)).toEqual(patterned);
  });

  test.each(Object.entries(EXAMPLES) as [ShapeName, [string[], string[]]][])("%s", (name, [taken, refused]) => {
    const validate = validatorOf(name);
    expect(taken.filter((text) => validate(text) !== true)).toEqual([]);
    expect(refused.filter((text) => validate(text) === true)).toEqual([]);
  });

  test("they are translated where Java differs", () => {
    const notPlain = /\\(?![.\-/[\]sx00w])|\(\?(?!:|!)|[*+?}]\+|\[\^?\[|&&|\\Q|\$.|\^(?!arn)/;
    const bodies = patterned.map((name) => (shapeOf(name) as { pattern: string }).pattern.replace(/^\^|\$$/g, ""));
    expect(bodies.filter((body) => notPlain.test(body.replaceAll("[^", "[")))).toEqual([]);
    expect(toJsPattern("^a.b\\s[\\s.]$")).toBe("^(?:a[^\\n\\r\\u0085\\u2028\\u2029]b[ \\t\\n\\v\\f\\r][ \\t\\n\\v\\f\\r.])$");
    expect(toJsPattern("^a|b$")).toBe("^(?:a|b)$");
    expect(toJsPattern("a\\.b")).toBe("^(?:a\\.b)$");
  });
});
