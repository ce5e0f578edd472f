import { describe, expect, test } from "@jest/globals";
import { formatLocation, SourceFile } from "@imagewright/diagnostics";
import { readRecipe } from "./read-recipe.js";

const TEMPLATE = "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n";
const ARN = "arn:aws:imagebuilder:us-west-2:aws:component/update-linux/x.x.x";
const REQUEST = {
  name: "hello",
  containerType: "DOCKER",
  semanticVersion: "1.0.0",
  parentImage: "mmdebstrap:bookworm",
  components: [{ document: "c.yaml", parameters: [{ name: "Who", value: ["data"] }] }],
  dockerfileTemplateData: TEMPLATE,
  targetRepository: { service: "ECR", repositoryName: "hello" },
  workingDirectory: "/var/tmp",
};
const NOT_PUSHED = "info: the image is not pushed to the target repository; a build keeps it on this machine [not-pushed]";

function read(text: string | object, name = "recipe.json") {
  const source = new SourceFile(name, typeof text === "string" ? text : JSON.stringify(text, null, 1));
  const { recipe, diagnostics } = readRecipe(source);
  const shown = diagnostics.map(
    ({ severity, message, code, help }) =>
      `${severity === "error" ? "" : `${severity}: `}${message} [${code}]${help === undefined ? "" : ` (${help})`}`,
  );
  return { recipe, shown, places: diagnostics.map(({ span }) => formatLocation(span)) };
}

describe("the request of CreateContainerRecipe", () => {
  test("is a recipe", () => {
    const { recipe, shown, places } = read(REQUEST);
    expect([shown, places]).toEqual([[NOT_PUSHED], ["recipe.json:20:2"]]);
    expect(recipe).toMatchObject({
      name: "hello",
      workingDirectory: "/var/tmp",
      components: [{ document: "c.yaml", parameters: new Map([["Who", "data"]]) }],
      targetRepository: { service: "ECR", repositoryName: "hello" },
      container: {},
    });
  });

  test("may name its components by their ARNs", () => {
    expect(read({ ...REQUEST, components: [{ componentArn: ARN }] }).recipe?.components).toMatchObject([{ document: ARN }]);
  });

  test("in YAML", () => {
    const text = `name: hello\ncontainerType: DOCKER\nsemanticVersion: 1.0.0\nparentImage: x\ncomponents:\n  - componentArn: ${ARN}\n`;
    expect(read(text, "recipe.yaml")).toMatchObject({ recipe: { name: "hello", components: [{ document: ARN }] }, shown: [] });
  });

  test.each([
    [{ containerType: "OCI" }, ['"containerType" must be "DOCKER"; found "OCI" [value-not-allowed]']],
    [{ platformOverride: "Windows" }, ['"platformOverride" must be "Linux"; found "Windows" [value-not-allowed]']],
    [{ platformOverride: "Linux", clientToken: "t", tags: { a: "b" }, description: "d", dryRun: false }, []],
    [
      { instanceConfiguration: { image: "ami-1" }, kmsKeyId: "alias/x", imageOsVersionOverride: "Ubuntu 22" },
      [
        'info: "instanceConfiguration" has no effect: the build runs in a container, not on an instance [without-effect]',
        'info: "kmsKeyId" has no effect: nothing is encrypted here [without-effect]',
        'info: "imageOsVersionOverride" has no effect: the parent image says what it is [without-effect]',
      ],
    ],
    [
      { dockerfileTemplateUri: "s3://b/Dockerfile" },
      [
        '"dockerfileTemplateUri" is not read [dockerfile-elsewhere] (leave it out if the template has the placeholders of the service only; write other settings of the image below "container")',
      ],
    ],
    [{ dryRun: true }, ['"dryRun" must be false: a build is no dry run [value-not-allowed]']],
    [
      { components: [{ document: "c.yaml", componentArn: ARN }] },
      ['"document" and "componentArn" stand in one component; both name its document, so one is enough [value-not-allowed]'],
    ],
    [{ components: [{}] }, ['each item of "components" must have "document" or "componentArn" [missing-key]']],
    [
      { components: [{ componentArn: "c.yaml" }] },
      ['"componentArn" must be the ARN of a component; a path stands under "document"; found "c.yaml" [value-not-allowed]'],
    ],
    [{ targetRepository: { service: "ECR" } }, ['"targetRepository" must have "repositoryName" [missing-key]', NOT_PUSHED]],
  ])("with %j", (members, expected) => {
    const request = { ...REQUEST, targetRepository: undefined };
    expect(read({ ...request, ...members }).shown.sort()).toEqual([...expected].sort());
  });
});

test("the answer of GetContainerRecipe is a recipe, with places in the file as it is", () => {
  const { semanticVersion, ...members } = REQUEST;
  const containerRecipe = {
    ...{ arn: "arn:aws:imagebuilder:us-east-1:123456789012:container-recipe/hello/1.0.0", platform: "Linux", owner: "123456789012" },
    ...{ ...members, version: semanticVersion, encrypted: true, dateCreated: "2026-01-01T00:00:00Z", tags: {} },
    ...{ instanceConfiguration: {}, components: [{ componentArn: ARN }] },
  };
  const { recipe, shown } = read({ requestId: "1", containerRecipe });
  expect(recipe).toMatchObject({ name: "hello", semanticVersion: "1.0.0", components: [{ document: ARN }] });
  expect(shown.sort()).toEqual([
    'info: "instanceConfiguration" has no effect: the build runs in a container, not on an instance [without-effect]',
    NOT_PUSHED,
  ]);
  const { shown: faults, places } = read({ requestId: "1", containerRecipe: { ...containerRecipe, kmsKye: "x", targetRepository: null } });
  expect(faults[0]).toMatch(/^info: "instanceConfiguration"/);
  expect([faults[1]?.slice(0, 36), places[1]]).toEqual(['the recipe: unknown key "kmsKye"; al', "recipe.json:23:3"]);
});

const STACK = `Parameters:
  Version: { Type: String, Default: 1.2.0 }
Resources:
  Repo: { Type: AWS::ECR::Repository }
  Tool:
    Type: AWS::ImageBuilder::Component
    Properties:
      Name: tool
      Data: |
        schemaVersion: 1.0
        phases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }] }]
  Recipe:
    Type: AWS::ImageBuilder::ContainerRecipe
    Properties:
      Name: web
      Version: !Ref Version
      ContainerType: DOCKER
      ParentImage: mmdebstrap:bookworm
      Components:
        - ComponentArn: !GetAtt Tool.Arn
          Parameters: [{ Name: Who, Value: [x] }]
        - ComponentArn: ${ARN}
      TargetRepository: { Service: ECR, RepositoryName: !Ref Repo }
      DockerfileTemplateData: |
        FROM {{{ imagebuilder:parentImage }}}
        {{{ imagebuilder:environments }}}
        {{{ imagebuilder:components }}}
        USER www
      Tags: { Team: a }
`;

describe("a CloudFormation template", () => {
  test("with one container recipe is a recipe, and has the documents of its components", () => {
    const { recipe, shown } = read(STACK, "stack.yaml");
    expect(shown).toEqual([NOT_PUSHED, 'info: the value of "Repo" is not known here; what depends on it is passed over [value-not-known]']);
    expect(recipe).toMatchObject({
      ...{ name: "web", semanticVersion: "1.2.0", parentImage: "mmdebstrap:bookworm", tags: { Team: "a" }, container: { user: "www" } },
      components: [{ document: "stack.yaml: Tool", source: { name: "stack.yaml: Tool" } }, { document: ARN }],
    });
    expect(recipe?.targetRepository).toBeUndefined();
  });

  test.each([
    [
      "a value that a build needs",
      STACK.replace("mmdebstrap:bookworm", "!Ref AWS::AccountId"),
      'stack.yaml:18:25 the value of "AWS::AccountId" is not known here [value-not-known]',
    ],
    [
      "a line of the Dockerfile",
      STACK.replace("USER www", "RUN make"),
      "stack.yaml:28:9 a build does not run RUN of a Dockerfile template [dockerfile-line] (write it as a step of a component document, with ExecuteBash)",
    ],
    [
      "a component that is none",
      STACK.replace("Tool.Arn", "Repo.Arn"),
      'stack.yaml:20:33 "Repo" is no component with a document in this template [document-not-known]',
    ],
    [
      "no recipe",
      STACK.replace("ContainerRecipe", "Workflow"),
      'stack.yaml:3:1 this is a CloudFormation template (it has "Resources"), not a recipe of a container image [other-kind-of-file] (it has no resource of the type "AWS::ImageBuilder::ContainerRecipe")',
    ],
    [
      "another resource where a text is needed",
      STACK.replace("mmdebstrap:bookworm", "!Ref Repo"),
      'stack.yaml:18:25 the value of "Repo" is not known here [value-not-known]',
    ],
    [
      "two recipes",
      STACK.replace("  Repo:", "  Other: { Type: AWS::ImageBuilder::ContainerRecipe, Properties: {} }\n  Repo:"),
      'stack.yaml:3:1 this CloudFormation template has 2 resources of the type "AWS::ImageBuilder::ContainerRecipe": "Other" and "Recipe"; one is wanted [several-resources] (write the wanted one into a file of its own)',
    ],
  ])("with %s", (_what, text, expected) => {
    const { recipe, shown, places } = read(text, "stack.yaml");
    expect(recipe).toBeUndefined();
    expect(shown.map((message, index) => `${places[index]} ${message}`)).toContain(expected);
  });
});

const IMAGE_RECIPE = { name: "web", semanticVersion: "1.0.0", parentImage: "ami-1", components: [{ componentArn: ARN }] };
const NOT_BUILT =
  '[other-kind-of-file] (the recipe has no faults; ib build does not yet build the disks of machine images, only container images: a container recipe has "containerType": "DOCKER")';
const MACHINE_STACK = `Parameters: { Parent: { Type: String } }
Resources:
  Machine:
    Type: AWS::ImageBuilder::ImageRecipe
    Properties:
      Name: web
      Version: 1.0.0
      ParentImage: !Ref Parent
      BlockDeviceMappings: [{ DeviceName: /dev/xvda, Ebs: { VolumeSize: 8 } }]
`;

describe("an image recipe is checked, and then refused", () => {
  test.each<[string, object | string, string[]]>([
    ["a request", IMAGE_RECIPE, [`5:2 this is an image recipe, not a recipe of a container image ${NOT_BUILT}`]],
    [
      "a response, whose tags may be empty",
      {
        requestId: "1",
        imageRecipe: { arn: ARN.replace(":component/", ":image-recipe/").replace(/x\.x\.x$/, "1.0.0"), version: "1.0.0", tags: {} },
      },
      [`3:2 this is an image recipe, not a recipe of a container image ${NOT_BUILT}`],
    ],
    [
      "a template, which may leave values open",
      MACHINE_STACK,
      [`3:3 "Machine" is an image recipe, not a recipe of a container image ${NOT_BUILT}`],
    ],
    [
      "a request with faults",
      { ...IMAGE_RECIPE, semanticVersion: "1", workingDirectroy: "/tmp" },
      [
        '3:21 "semanticVersion" must be a version of three whole numbers, or with "x" in place of some of them: <major>.<minor>.<patch>; found "1" [value-not-allowed]',
        '10:2 the image recipe: unknown key "workingDirectroy"; allowed: "additionalInstanceConfiguration", "amiTags", "amiWatermarks", "blockDeviceMappings", "clientToken", "components", "description", "dryRun", "name", "parentImage", "semanticVersion", "tags" or "workingDirectory"; did you mean "workingDirectory"? [unknown-key]',
      ],
    ],
    ["a response with faults", { requestId: "1", imageRecipe: { arn: 3 } }, ['4:10 "arn" must be a string; found 3 [wrong-type]']],
    [
      "a template with faults",
      MACHINE_STACK.replace("VolumeSize: 8", "VolumeSize: 0"),
      [
        '8:25 info: the value of "Parent" is not known here; what depends on it is passed over [value-not-known]',
        '9:73 "blockDeviceMappings[0].ebs.volumeSize" must be from 1 to 16000; found 0 [value-not-allowed]',
      ],
    ],
  ])("%s", (_what, text, expected) => {
    const { recipe, shown, places } = read(text);
    expect(recipe).toBeUndefined();
    expect(shown.map((message, index) => `${places[index]?.replace(/^[^:]*:/, "")} ${message}`)).toEqual(expected);
  });
});

test("another kind of file is named, and nothing else is said about it", () => {
  expect(read({ phases: [], nonsense: 1 }).shown).toEqual([
    expect.stringMatching(/^this is a component document \(it has "phases"\), not a recipe of a container image \[other-kind-of-file\]/),
  ]);
});
