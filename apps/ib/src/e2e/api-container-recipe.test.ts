// Chapter 27: the JSON of a CreateContainerRecipe call is a recipe.
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateComponentCommand, CreateWorkflowCommand } from "@aws-sdk/client-imagebuilder";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import type { ImageManifest } from "@imagewright/image-build";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ib, type IbRun } from "./ib.js";
import { importSmallImage } from "./small-image.js";
import { clientOf, withService } from "./testing/service.js";

const NAME = `hello-${process.pid}`;

const COMPONENT = `name: hello
schemaVersion: 1.0
parameters:
  - Who:
      type: string
      default: world
phases:
  - name: build
    steps:
      - name: Write
        action: ExecuteBash
        inputs:
          commands:
            - echo hello {{ Who }} > /etc/hello
  - name: test
    steps:
      - name: IsWritten
        action: ExecuteBash
        inputs:
          commands:
            - cat /etc/hello
`;

const WORKFLOW = `name: read
schemaVersion: 1.0
parameters: [{ name: file, type: string }]
steps:
  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }
  - name: Read
    action: RunCommand
    inputs:
      instanceId.$: $.stepOutputs.Launch.instanceId
      documentName: AWS-RunShellScript
      parameters: { commands: ["grep -x 'hello data' {{ $.parameters.file }}"] }
  - { name: End, action: TerminateInstance, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }
`;

const recipe = (parent: string, component: string) => `{
  "name": "${NAME}",
  "containerType": "DOCKER",
  "semanticVersion": "1.0.0",
  "parentImage": "${parent}",
  "components": [${component}],
  "dockerfileTemplateData": "FROM {{{ imagebuilder:parentImage }}}\\n{{{ imagebuilder:environments }}}\\n{{{ imagebuilder:components }}}\\n",
  "targetRepository": { "service": "ECR", "repositoryName": "hello" },
  "workingDirectory": "/var/tmp"
}
`;

const engine = (await inspectEngines()).find(({ usable }) => usable)?.engine;
if (engine === undefined)
  describe("the API's container recipe", () => test.skip("skipped: no container engine is usable", () => undefined));
else describeRecipe(engine);

function describeRecipe(engine: string): void {
  describe(`the API's container recipe, with ${engine}`, () => {
    const parent = `localhost/imagewright-test/small:recipe-${process.pid}`;
    let removeParent: () => Promise<void> = async () => undefined;
    beforeAll(async () => {
      const stateFolder = await mkdtemp(join(tmpdir(), "imagewright-state-"));
      const { host } = await chooseBuildHost({ preferred: engine, stateFolder });
      await importSmallImage(host, parent);
      removeParent = async () => {
        await host.removeImage(parent);
        await rm(stateFolder, { recursive: true });
      };
    });
    afterAll(() => removeParent());

    const build = async (folder: string, component: string): Promise<IbRun> => {
      await writeFile(join(folder, "recipe.json"), recipe(parent, component));
      return ib(["build", "recipe.json", "--engine", engine, "--json"], { folder });
    };
    const expectBuilt = async ({ code, stdout, stderr }: IbRun, component: object, greeting: string) => {
      expect([code, stderr]).toEqual([
        0,
        expect.stringMatching(
          /^recipe\.json:8:3: info: the image is not pushed to the target repository; a build keeps it on this machine \[not-pushed\]$/m,
        ),
      ]);
      const manifest = JSON.parse(stdout) as ImageManifest;
      try {
        expect(manifest).toMatchObject({ name: NAME, version: "1.0.0", buildVersion: 1, components: [component] });
        expect(manifest.phases.map(({ phase, status }) => `${phase} ${status}`)).toEqual(["build success", "test success"]);
        const [logs = ""] = spawnSync("find", [join(manifest.logFolder, "test"), "-name", "console.log"], {
          encoding: "utf8",
        }).stdout.split("\n");
        expect(await readFile(logs, "utf8")).toContain(`Stdout: ${greeting}\n`);
      } finally {
        spawnSync(engine, ["rmi", "--force", manifest.tag]);
      }
    };

    test("with a document and a parameter is built and tested, and says that it is not pushed", () =>
      withTemporaryFolder(async (folder) => {
        await writeFile(join(folder, "c.yaml"), COMPONENT);
        const run = await build(folder, '{ "document": "c.yaml", "parameters": [{ "name": "Who", "value": ["data"] }] }');
        await expectBuilt(run, { name: "hello", document: "c.yaml", parameters: { Who: "data" } }, "hello data");
      }));

    test("with ARNs of components and workflows reads them from the service, and gives them their parameters", () =>
      withService((start) =>
        withTemporaryFolder(async (own) => {
          const served = await start().answering;
          const client = await clientOf(served);
          const version = { name: NAME, semanticVersion: "1.0.0" } as const;
          const component = await client.send(new CreateComponentCommand({ ...version, platform: "Linux", data: COMPONENT }));
          const workflow = await client.send(new CreateWorkflowCommand({ ...version, type: "TEST", data: WORKFLOW }));
          const componentArn = component.componentBuildVersionArn?.replace(/1\.0\.0\/1$/, "1.x.x") ?? "";
          const { accessKeyId, secretAccessKey } = await client.config.credentials();
          const text = JSON.parse(
            recipe(parent, JSON.stringify({ componentArn, parameters: [{ name: "Who", value: ["data"] }] })),
          ) as object;
          const workflows = [
            { workflowArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-container/x.x.x" },
            { workflowArn: workflow.workflowBuildVersionArn, parameters: [{ name: "file", value: ["/etc/hello"] }] },
          ];
          await writeFile(join(own, "recipe.json"), JSON.stringify({ ...text, workflows }));
          const { code, stdout, stderr } = await ib(["build", "recipe.json", "--engine", engine, "--json"], {
            folder: own,
            environment: {
              ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_EC2_METADATA_DISABLED: "true" },
              AWS_ENDPOINT_URL_IMAGEBUILDER: served.endpoint,
            },
          });
          expect([code, stderr]).toEqual([0, expect.stringContaining(`${NAME} 1.0.0/1 is built and tested in`)]);
          const manifest = JSON.parse(stdout) as ImageManifest;
          spawnSync(engine, ["rmi", "--force", manifest.tag]);
          expect(manifest.components).toMatchObject([{ name: "hello", document: componentArn, parameters: { Who: "data" } }]);
          expect(manifest.workflows.map(({ name, document, status }) => [name, document, status])).toEqual([
            ["build-container", workflows[0]?.workflowArn, "COMPLETED"],
            ["read", workflows[1]?.workflowArn, "COMPLETED"],
          ]);
        }),
      ));

    test("with lines of a Dockerfile that a build does not follow is refused at each", () =>
      withTemporaryFolder(async (folder) => {
        await writeFile(join(folder, "c.yaml"), COMPONENT);
        const text = recipe(parent, '{ "document": "c.yaml" }').replace(
          "{{{ imagebuilder:components }}}\\n",
          "{{{ imagebuilder:components }}}\\nRUN true\\n",
        );
        await writeFile(join(folder, "recipe.json"), text);
        const { code, stdout, stderr } = await ib(["build", "recipe.json", "--engine", engine], { folder });
        expect([code, stdout, stderr.match(/^recipe.json:.*$/gm)]).toEqual([
          1,
          "",
          [
            "recipe.json:7:137: a build does not run RUN of a Dockerfile template [dockerfile-line]",
            "recipe.json:8:3: info: the image is not pushed to the target repository; a build keeps it on this machine [not-pushed]",
          ],
        ]);
      }));
  });
}
