import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { API_KINDS, type ApiKind } from "../kind/api-kind.js";
import { checkResource } from "./read-resource.js";

const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012";
const INFRASTRUCTURE = { name: "web", instanceProfileName: "builder", instanceTypes: ["t3.small"] };
const DISTRIBUTION = { name: "web", distributions: [{ region: "eu-west-1" }] };
const POLICY = {
  ...{ name: "old", executionRole: "arn:aws:iam::123456789012:role/lifecycle", resourceType: "AMI_IMAGE" },
  policyDetails: [{ action: { type: "DELETE" }, filter: { type: "AGE", value: 6, unit: "MONTHS" } }],
  resourceSelection: { tagMap: { team: "a" } },
};
const RECIPE = { name: "web", semanticVersion: "1.0.0", parentImage: "ami-1", components: [{ componentArn: `${ARN}:component/a/1.x.x` }] };
/** A request of Create… for each kind. */
const REQUESTS: Readonly<Record<ApiKind, object>> = {
  component: { name: "web", semanticVersion: "1.0.0", platform: "Linux", data: "phases: []" },
  workflow: { name: "web", semanticVersion: "1.0.0", type: "BUILD", data: "steps: []" },
  "container-recipe": { ...RECIPE, containerType: "DOCKER", targetRepository: { service: "ECR", repositoryName: "web" } },
  "image-recipe": { ...RECIPE, blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8 } }] },
  "image-pipeline": { name: "web", infrastructureConfigurationArn: `${ARN}:infrastructure-configuration/web` },
  "lifecycle-policy": POLICY,
  "distribution-configuration": DISTRIBUTION,
  "infrastructure-configuration": INFRASTRUCTURE,
};

function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ severity, span, message, code }) => `${formatLocation(span)} ${severity === "error" ? "" : `${severity}: `}${message} [${code}]`,
  );
}

function check(content: string | object, kind: ApiKind, name = "f.json"): string[] {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return shown(checkResource(new SourceFile(name, text), kind).diagnostics);
}

/** Properties of CloudFormation for a request, and the name that it has for the version. */
function properties(request: object): object {
  const { semanticVersion, ...others } = request as { readonly semanticVersion?: string };
  return pascal({ ...others, ...(semanticVersion === undefined ? {} : { version: semanticVersion }) }) as object;
}

function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      key === "tagMap" ? member : pascal(member),
    ]),
  );
}

describe.each(API_KINDS)("%s", (kind) => {
  const request = REQUESTS[kind];
  const name = kind.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());

  test("is the request of Create…, as JSON or YAML, with or without a token", () => {
    expect([check(request, kind), check(JSON.stringify(request), kind, "f.yaml"), check({ ...request, clientToken: "t" }, kind)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test("is a resource of a template, as JSON or YAML", () => {
    const template = { Resources: { It: { Type: `AWS::ImageBuilder::${name}`, Properties: properties(request) } } };
    expect([check(template, kind), check(JSON.stringify(template), kind, "f.yaml")]).toEqual([[], []]);
  });

  test("is a response, with what the AWS command line and SDKs add, and without tags", () => {
    const version = { component: "/1.0.0/1", workflow: "/1.0.0/1", "container-recipe": "/1.0.0", "image-recipe": "/1.0.0" }[kind as string];
    const type = kind === "workflow" ? "workflow/build" : kind;
    const resource = { arn: `${ARN}:${type}/web${version ?? ""}`, tags: {} };
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    const more = kind === "distribution-configuration" ? { timeoutMinutes: 720 } : {};
    for (const beside of [{ requestId: "1" }, { ResponseMetadata: { RetryAttempts: 0 } }, { $metadata: {} }, { whatever: 1 }])
      expect(check({ ...beside, [member]: { ...resource, ...more } }, kind)).toEqual([]);
  });

  test("with a fault, which has its place in each form", () => {
    expect(check({ ...request, nmae: "x" }, kind)[0]).toMatch(/^f\.json:1:\d+ the .*: unknown key "nmae"; allowed: .* \[unknown-key\]$/);
    const template = `Resources:\n  It:\n    Type: AWS::ImageBuilder::${name}\n    Properties:\n      Nmae: x\n`;
    expect(check(template, kind, "f.yaml").some((line) => line.startsWith("f.yaml:5:7 the "))).toBe(true);
  });
});

describe("the request of Update…", () => {
  test("is known by the ARN of what it updates", () => {
    const arn = `${ARN}:infrastructure-configuration/web`;
    expect(check({ infrastructureConfigurationArn: arn, instanceProfileName: "builder" }, "infrastructure-configuration")).toEqual([]);
    expect(check({ infrastructureConfigurationArn: arn, instanceProfilName: "b" }, "infrastructure-configuration")).toEqual([
      expect.stringMatching(/^f\.json:1:\d+ the infrastructure configuration: unknown key "instanceProfilName"; /),
    ]);
    expect(check({ infrastructureConfiguratonArn: arn, instanceProfileName: "b" }, "infrastructure-configuration")).toEqual([
      expect.stringMatching(
        /^f\.json:1:2 the infrastructure configuration: unknown key "infrastructureConfiguratonArn"; .* did you mean "infrastructureConfigurationArn"\?/,
      ),
    ]);
  });

  test.each<[ApiKind, object]>([
    ["distribution-configuration", { distributions: DISTRIBUTION.distributions }],
    [
      "image-pipeline",
      {
        infrastructureConfigurationArn: `${ARN}:infrastructure-configuration/web`,
        containerRecipeArn: `${ARN}:container-recipe/web/1.0.0`,
      },
    ],
    ["lifecycle-policy", { ...POLICY, name: undefined }],
  ])("%s: has members of its own, and neither name nor tags", (kind, members) => {
    const member = `${kind.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase())}Arn`;
    const update = { [member]: `${ARN}:${kind}/web`, ...members };
    expect(check(update, kind)).toEqual([]);
    expect(check({ ...update, name: "web" }, kind)).toEqual([expect.stringContaining('unknown key "name"')]);
    expect(check({ ...update, tags: { a: "b" } }, kind)).toEqual([expect.stringContaining('unknown key "tags"')]);
  });
});

describe("values that a template leaves open", () => {
  const text =
    "Parameters: { P: { Type: String } }\nResources:\n  It:\n    Type: AWS::ImageBuilder::InfrastructureConfiguration\n    Properties: { Name: !Sub 'web-${P}', InstanceProfileName: !Ref P }\n";
  const source = new SourceFile("f.yaml", text);

  test("are errors, or notices where the caller does not mind", () => {
    expect(shown(checkResource(source, "infrastructure-configuration").diagnostics)).toEqual([
      'f.yaml:5:30 the value of "P" is not known here [value-not-known]',
    ]);
    expect(shown(checkResource(source, "infrastructure-configuration", { open: "pass-over" }).diagnostics)).toEqual([
      'f.yaml:5:30 info: the value of "P" is not known here; what depends on it is passed over [value-not-known]',
    ]);
  });

  test("are not mentioned where the caller does not need them", () => {
    expect(checkResource(source, "infrastructure-configuration", { needed: ["instanceTypes"] }).diagnostics).toEqual([]);
  });
});

describe("a file of another kind", () => {
  test("is named, and nothing else is said about it", () => {
    expect(check({ phases: [] }, "image-recipe")).toEqual([
      'f.json:1:2 this is a component document (it has "phases"), not an image recipe [other-kind-of-file]',
    ]);
    expect(check(INFRASTRUCTURE, "image-recipe")).toEqual([
      'f.json:1:15 this is an infrastructure configuration (it has "instanceProfileName"), not an image recipe [other-kind-of-file]',
    ]);
  });

  test("is not recognized in a very long text, which would take too long", () => {
    const text = `{"phases": [${"0,".repeat(1_000_000)}0]}`;
    expect(check(text, "infrastructure-configuration")).toEqual([
      expect.stringMatching(/^f\.json:1:2 the infrastructure configuration: unknown key "phases"; /),
    ]);
  });

  test("a list of pipelines is read as the one that it has", () => {
    const pipeline = { name: "web", arn: `${ARN}:image-pipeline/web`, status: "ON" };
    const STATUS = '"status" must be "DISABLED" or "ENABLED"; found "ON" [value-not-allowed]';
    expect(check({ imagePipelineList: [pipeline] }, "image-pipeline")).toEqual([`f.json:1:117 ${STATUS}`]);
    expect(check({ imagePipelineList: [pipeline, { ...pipeline, name: "other" }] }, "image-pipeline")).toEqual([
      'f.json:1:2 this is a list of 2 image pipelines: "other" and "web"; one is wanted [several-resources]',
    ]);
    expect(check({ imagePipelineList: [] }, "image-pipeline")).toEqual([
      'f.json:1:2 this is a list of image pipelines (it has "imagePipelineList"), not an image pipeline [other-kind-of-file]',
    ]);
    expect(check({ imagePipelineList: [pipeline] }, "image-recipe")).toEqual([
      'f.json:1:2 this is a list of image pipelines (it has "imagePipelineList"), not an image recipe [other-kind-of-file]',
    ]);
  });
});
