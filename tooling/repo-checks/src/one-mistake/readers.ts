import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { checkComponents, joinFaults, loadLocalDocument, prepareComponents } from "@imagewright/component-runner";
import { openConfiguration } from "@imagewright/configuration";
import { parseSchedule } from "@imagewright/cron-rate";
import type { Diagnostic, SourceFile } from "@imagewright/diagnostics";
import { readBuild, readSettings } from "@imagewright/distribution-planner";
import { planBuild } from "@imagewright/image-build";
import { readImages, readPolicy } from "@imagewright/lifecycle-rules";
import { checkResource, type ApiKind } from "@imagewright/resource-files";
import { ROOT } from "../workspace.js";

/** Reads a text as a command of `ib` does, and returns all that is reported. */
export type FaultFinder = (source: SourceFile) => Promise<readonly Diagnostic[]> | readonly Diagnostic[];

export interface ReadableFile {
  readonly name: string;
  readonly text: string;
  readonly read: FaultFinder;
}

const example = (name: string, read: FaultFinder): ReadableFile => ({
  name,
  text: readFileSync(join(ROOT, "examples", name), "utf8"),
  read,
});
const inline = (name: string, value: string | object, read: FaultFinder): ReadableFile => ({
  name,
  text: typeof value === "string" ? value : JSON.stringify(value, null, 2),
  read,
});

/** As `ib component run`, with a value for each parameter. */
const component: FaultFinder = async (source) => {
  const checked = await checkComponents({
    ...{ locations: [source.name], registry, platforms: ["linux"], load: () => Promise.resolve(source), take: "all" },
  });
  const names = checked.documents.flatMap((document) => document?.parameters.map(({ name }) => name.text) ?? []);
  const parameters = new Map(names.map((name) => [name, "value"]));
  const prepared = prepareComponents(checked.documents, { parametersOf: () => new Map(), parameters, phases: undefined });
  return joinFaults(checked.diagnostics, prepared.diagnostics);
};

/** As `ib build`: with the component documents, which are not changed. `folder` takes the recipe. */
const recipe =
  (folder: string): FaultFinder =>
  async ({ name, text }) => {
    const path = join(folder, basename(name));
    writeFileSync(path, text);
    const load = (location: string) => loadLocalDocument(location.replace(folder, join(ROOT, "examples", dirname(name))));
    return (await planBuild(path, registry, load)).diagnostics;
  };

const HELLO = readFileSync(join(ROOT, "examples/hello/recipe.yaml"), "utf8");

/** As `ib build`, of a recipe that names the workflow. */
const workflow =
  (folder: string, type: string): FaultFinder =>
  (source) => {
    const load = (location: string) => (location === join(folder, "w.yaml") ? Promise.resolve(source) : loadLocalDocument(location));
    return planHello(folder, `workflows: [{ document: w.yaml, type: ${type} }]`, load);
  };

/** As `ib build`, of a recipe that names the folder of the command document. */
const commandDocument =
  (folder: string): FaultFinder =>
  ({ name, text }) => {
    mkdirSync(join(folder, "commands"), { recursive: true });
    writeFileSync(join(folder, "commands", basename(name)), text);
    return planHello(folder, "commandDocuments: commands", loadLocalDocument);
  };

async function planHello(folder: string, more: string, load: typeof loadLocalDocument): Promise<readonly Diagnostic[]> {
  const path = join(folder, "recipe.yaml");
  writeFileSync(path, `${HELLO}${more}\n`);
  writeFileSync(join(folder, "hello.yaml"), readFileSync(join(ROOT, "examples/hello/hello.yaml")));
  return (await planBuild(path, registry, loadLocalDocument, load)).diagnostics;
}

const configuration =
  (folder: string): FaultFinder =>
  async ({ name, text }) => {
    const path = join(folder, basename(name));
    writeFileSync(path, text);
    return (await openConfiguration({ environment: { IMAGEWRIGHT_CONFIG: path } })).diagnostics;
  };

const resource =
  (kind: ApiKind): FaultFinder =>
  (source) =>
    checkResource(source, kind).diagnostics;

const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012";
const IMAGE_RECIPE = {
  ...{ name: "web", semanticVersion: "1.0.0", parentImage: "ami-01a23bc4def5a6789" },
  components: [{ componentArn: `${ARN}:component/nginx/1.0.0`, parameters: [{ name: "Port", value: ["80"] }] }],
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8, encrypted: true, volumeType: "gp3" } }],
};
const INFRASTRUCTURE = {
  ...{ instanceProfileName: "builder", instanceTypes: ["t3.small"], terminateInstanceOnFailure: true },
  logging: { s3Logs: { s3BucketName: "logs", s3KeyPrefix: "web" } },
};
const POLICY_TEMPLATE = `Parameters:
  Age: { Type: Number, Default: 6 }
Resources:
  Policy:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      Name: old
      ExecutionRole: image-lifecycle
      ResourceType: AMI_IMAGE
      PolicyDetails:
        - Action: { Type: DELETE }
          Filter: { Type: AGE, Value: !Ref Age, Unit: MONTHS }
      ResourceSelection: { TagMap: { team: a } }
`;
const CONTAINER_RECIPE = {
  ...{ name: "web", containerType: "DOCKER", semanticVersion: "1.0.0", parentImage: "debian:12" },
  components: [{ document: "components/hardening.yaml" }],
  dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:components }}}\nUSER web\n",
  targetRepository: { service: "ECR", repositoryName: "web" },
};
const WORKFLOW = `name: try
schemaVersion: 1.0
parameters:
  - name: Waits
    type: boolean
    default: true
steps:
  - name: Launch
    action: LaunchInstance
    inputs:
      waitFor: ssmAgent
  - name: Look
    action: RunCommand
    onFailure: Continue
    timeoutSeconds: 60
    inputs:
      instanceId.$: $.stepOutputs.Launch.instanceId
      documentName: AWS-RunShellScript
      parameters:
        commands: ["echo on {{ $.stepOutputs.Launch.instanceId }}"]
  - name: Approve
    action: WaitForAction
    if:
      booleanEquals: true
      value: $.parameters.Waits
  - name: End
    action: TerminateInstance
    inputs:
      instanceId.$: $.stepOutputs.Launch.instanceId
outputs:
  - name: Instance
    value: $.stepOutputs.Launch.instanceId
`;
const COMMANDS = `schemaVersion: "2.2"
description: says hello
parameters:
  Names:
    type: StringList
    default: ["ada", "bob"]
    allowedPattern: "[a-z]+"
mainSteps:
  - action: aws:runShellScript
    name: hello
    inputs:
      timeoutSeconds: "60"
      runCommand:
        - echo hello {{ Names }}
`;
const WITH_WORKFLOWS = `${HELLO}workflows:
  - document: ../workflows/build.yaml
    type: BUILD
`;

const LOOPS = `name: loops
schemaVersion: 1.0
parameters:
  - Names:
      type: string
      default: "a,b"
phases:
  - name: build
    steps:
      - name: Each
        action: ExecuteBash
        timeoutSeconds: 60
        maxAttempts: 2
        onFailure: Continue
        if:
          stringEquals: "a,b"
          value: "{{ Names }}"
        loop:
          name: Name
          forEach:
            list: "{{ Names }}"
            delimiter: ","
        inputs:
          commands:
            - echo {{ Name.value }} {{ loop.index }}
      - name: Range
        action: ExecuteBash
        loop:
          for:
            start: 1
            end: 3
            updateBy: 1
        inputs:
          commands:
            - echo {{ loop.value }}
`;

/** The examples of this repository, and further files for the readers that have none. */
export function readableFiles(folder: string): readonly ReadableFile[] {
  const update = <Members extends object>(members: Members, arn: object) => ({ ...arn, ...members });
  return [
    ...["hello/hello.yaml", "hello/template.yaml"].map((name) => example(name, component)),
    ...["nginx", "hardening", "web-test"].map((name) => example(`web-server/components/${name}.yaml`, component)),
    ...["hello/recipe.yaml", "web-server/recipe.yaml"].map((name) => example(name, recipe(folder))),
    inline("hello/with-workflows.yaml", WITH_WORKFLOWS.replace("../workflows", join(ROOT, "examples/workflows")), recipe(folder)),
    // what the parser says of a blank too many before a key is at the line before an empty one
    inline(
      "workflows/build.yaml",
      readFileSync(join(ROOT, "examples/workflows/build.yaml"), "utf8").replaceAll("\n\n", "\n"),
      workflow(folder, "BUILD"),
    ),
    inline("try.yaml", WORKFLOW, workflow(folder, "TEST")),
    inline("Own-Hello.yaml", COMMANDS, commandDocument(folder)),
    example("schedules/pipeline.yaml", (source) => parseSchedule(source).diagnostics),
    example("distribution/settings.json", (source) => readSettings(source).diagnostics),
    example("distribution/build.json", (source) => readBuild(source).diagnostics),
    example("lifecycle/policy.json", (source) => readPolicy(source).diagnostics),
    example("lifecycle/images.json", (source) => readImages(source).diagnostics),
    inline("loops.yaml", LOOPS, component),
    inline("policy.template.yaml", POLICY_TEMPLATE, (source) => readPolicy(source).diagnostics),
    inline("web-server/container-recipe.json", CONTAINER_RECIPE, recipe(folder)),
    inline("image-recipe.json", IMAGE_RECIPE, resource("image-recipe")),
    inline("infrastructure.json", { name: "web", ...INFRASTRUCTURE }, resource("infrastructure-configuration")),
    inline(
      "infrastructure-update.json",
      update(INFRASTRUCTURE, { infrastructureConfigurationArn: `${ARN}:infrastructure-configuration/web` }),
      resource("infrastructure-configuration"),
    ),
    inline("ib.yaml", "dataFolder: /srv/ib\naws:\n  region: eu-west-1\n  profile: images\n", configuration(folder)),
  ];
}
