// Chapter 03, the tutorial for containers, from a machine that has nothing to an image in its engine; chapter 21, what is done with images.
// Distributing to registries is left out: what is built stays in the engine of this machine, and the distribution settings are only named.
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { findProgram } from "@imagewright/node-host";
import { awsOfDebian, NO_AWS_OF_DEBIAN, NO_PYTHON_CLIENTS, pythonClients } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { DOCKERFILE, withEmptyMachine, withSmallParent, type AwsOnServer } from "./testing/aws-on-server.js";

const MINUTE = 60_000;
const MIRROR = "http://deb.debian.org/debian";

const hasEngine = (await inspectEngines()).some(({ usable }) => usable);
const engineProblem = hasEngine ? testImageProblem() : "no container engine can be used";
const canAnswer = (url: string) =>
  fetch(url, { method: "HEAD", signal: AbortSignal.timeout(10_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
const hasMaker = (await findProgram("mmdebstrap", process.env["PATH"])) !== undefined;
const isReached = hasMaker && (await canAnswer(`${MIRROR}/dists/bookworm/Release`));
const debianProblem = isReached ? undefined : hasMaker ? "the Debian mirror cannot be reached" : "mmdebstrap is not installed";
const because = (problem: string | undefined) => (problem === undefined ? "" : ` (skipped: ${problem})`);

const GREETER = `name: greeter
description: a program that says whom it greets
schemaVersion: 1.0
parameters:
  - Whom: { type: string, default: nobody, description: who is greeted }
phases:
  - name: build
    steps:
      - name: WriteProgram
        action: CreateFile
        inputs:
          - path: /usr/local/bin/greeter
            permissions: "0755"
            content: |
              #!/bin/sh
              echo "greeter 2.1 for {{ Whom }}"
  - name: validate
    steps:
      - { name: IsThere, action: ExecuteBash, inputs: { commands: ["test -x /usr/local/bin/greeter"] } }
  - name: test
    steps:
      - { name: Greets, action: ExecuteBash, inputs: { commands: ["test \\"$(greeter --version)\\" = 'greeter 2.1 for {{ Whom }}'"] } }
`;
const says = (command: string) => `schemaVersion: 1.0
phases: [{ name: build, steps: [{ name: Say, action: ExecuteBash, inputs: { commands: ["${command}"] } }] }]
`;

const debian = awsOfDebian();
describe.each([
  ["Debian's aws", debian, NO_AWS_OF_DEBIAN],
  ["the newest aws of PyPI", pythonClients(new Date())?.aws, NO_PYTHON_CLIENTS],
])("%s", (_, aws, missing) => {
  const problem = aws === undefined ? missing : engineProblem;
  const command = aws ?? "";

  const tutorial = problem ?? debianProblem;
  (tutorial === undefined ? test : test.skip)(
    `chapter 03: a container image from a pipeline, with the updates of a Debian and a component of one's own${because(tutorial)}`,
    () =>
      withEmptyMachine(
        command,
        async (machine) => {
          const { own } = machine;
          await machine.component("greeter", "1.0.0", GREETER);
          const { componentVersionList: components = [] } = await machine.call(
            "ListComponents",
            ...["--owner", "Amazon", "--by-name", "--filters", "name=name,values=update-linux"],
          );
          const parentImage = await debianOf(machine);
          const { containerRecipeArn = "" } = await machine.callWithFile("CreateContainerRecipe", {
            ...{ name: "tutorial", semanticVersion: "1.0.0", containerType: "DOCKER", parentImage, dockerfileTemplateData: DOCKERFILE },
            components: [
              { componentArn: components[0]?.arn },
              { componentArn: `${own}component/greeter/x.x.x`, parameters: [{ name: "Whom", value: ["the tutorial"] }] },
            ],
            targetRepository: { service: "ECR", repositoryName: "tutorial" },
          });
          const { infrastructureConfigurationArn = "" } = await machine.call(
            "CreateInfrastructureConfiguration",
            ...["--name", "tutorial", "--instance-profile-name", "builder"],
          );
          const containerDistributionConfiguration = { targetRepository: { service: "ECR", repositoryName: "tutorial" } };
          const { distributionConfigurationArn = "" } = await machine.callWithFile("CreateDistributionConfiguration", {
            ...{ name: "tutorial", distributions: [{ region: own.split(":")[3], containerDistributionConfiguration }] },
          });
          const { imagePipelineArn = "" } = await machine.callWithFile("CreateImagePipeline", {
            ...{ name: "tutorial", containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn },
            schedule: { scheduleExpression: "cron(0 0 1 1 ? *)" },
            tags: { of: "the pipeline" },
          });
          const { imageBuildVersionArn: arn = "" } = await machine.call(
            "StartImagePipelineExecution",
            ...["--image-pipeline-arn", imagePipelineArn],
          );
          expect(arn).toBe(`${own}image/tutorial/1.0.0/1`);
          const image = await machine.ended(arn);
          expect(image.state).toEqual({ status: "AVAILABLE" });
          expect(image).toMatchObject({
            ...{ arn, type: "DOCKER", name: "tutorial", version: "1.0.0/1", platform: "Linux", buildType: "USER_INITIATED" },
            ...{ sourcePipelineArn: imagePipelineArn, osVersion: expect.stringMatching(/^Debian GNU\/Linux 12/) },
            distributionConfiguration: { arn: distributionConfigurationArn },
            // what was chosen of it
            containerRecipe: {
              ...{ arn: containerRecipeArn, parentImage: expect.stringMatching(/:aws:image\/debian-12-x86\/\d+\.\d+\.\d+\/\d+$/) },
              components: [
                { componentArn: expect.stringMatching(/:aws:component\/update-linux\/1\.0\.0\/\d+$/) },
                { componentArn: `${own}component/greeter/1.0.0/1` },
              ],
            },
          });
          expect(await machine.inside(image, "greeter", "--version")).toBe("greeter 2.1 for the tutorial\n");

          const names = new Set<string | undefined>();
          for (let nextToken: string | undefined, isLast = false; !isLast; isLast = nextToken === undefined) {
            const more = nextToken === undefined ? [] : ["--next-token", nextToken];
            // with --max-results a command asks for one page
            const page = await machine.call("ListImagePackages", "--image-build-version-arn", arn, "--max-results", "25", ...more);
            for (const { packageName } of page.imagePackageList ?? []) names.add(packageName);
            nextToken = page.nextToken;
          }
          expect([...names]).toEqual(expect.arrayContaining(["apt", "base-files", "bash"]));
          if (machine.knows("ListWorkflowExecutions")) await expectWorkflows(machine, arn);

          // nothing is left of what the tutorial has made, but for the image in the engine
          await machine.call("DeleteImagePipeline", "--image-pipeline-arn", imagePipelineArn);
          await machine.call("DeleteContainerRecipe", "--container-recipe-arn", containerRecipeArn);
          await machine.call("DeleteInfrastructureConfiguration", "--infrastructure-configuration-arn", infrastructureConfigurationArn);
          await machine.call("DeleteDistributionConfiguration", "--distribution-configuration-arn", distributionConfigurationArn);
          await machine.call("DeleteImage", "--image-build-version-arn", arn);
          expect((await machine.call("ListImages")).imageVersionList).toEqual([]);
          expect(await machine.inside(image, "greeter", "--version")).toBe("greeter 2.1 for the tutorial\n");
        },
        { IMAGEWRIGHT_DEBIAN_MIRROR: MIRROR },
      ),
    15 * MINUTE,
  );

  (problem === undefined ? test : test.skip)(
    `chapter 21: images are created, listed, tagged, looked for and cancelled${because(problem)}`,
    () =>
      withEmptyMachine(command, (machine) =>
        withSmallParent(machine.folder, async (parentImage) => {
          const { own } = machine;
          const infrastructure = ["--infrastructure-configuration-arn", `${own}infrastructure-configuration/small`];
          await machine.call("CreateInfrastructureConfiguration", "--name", "small", "--instance-profile-name", "builder");
          const create = async (name: string, says: string, ...more: readonly string[]) => {
            const componentArn = await machine.component(name, "1.0.0", says);
            await machine.callWithFile("CreateContainerRecipe", {
              ...{ name, semanticVersion: "1.0.0", containerType: "DOCKER", parentImage, dockerfileTemplateData: DOCKERFILE },
              ...{ components: [{ componentArn }], targetRepository: { service: "ECR", repositoryName: name } },
            });
            const recipe = ["--container-recipe-arn", `${own}container-recipe/${name}/1.0.0`];
            return (await machine.call("CreateImage", ...recipe, ...infrastructure, ...more)).imageBuildVersionArn ?? "";
          };
          const untested = ["--image-tests-configuration", "imageTestsEnabled=false", "--tags", "team=web"];
          const arn = await create("quick", says("echo quick > /quick"), ...untested);
          const image = await machine.ended(arn);
          expect(image).toMatchObject({ state: { status: "AVAILABLE" }, imageTestsConfiguration: { imageTestsEnabled: false } });
          expect(await machine.inside(image, "cat", "/quick")).toBe("quick\n");
          const again = await machine.call(
            "CreateImage",
            ...["--container-recipe-arn", `${own}container-recipe/quick/x.x.x`, ...infrastructure],
          );
          expect((await machine.ended(again.imageBuildVersionArn ?? "")).version).toBe("1.0.0/2");

          const slow = await create("slow", says("sleep 600"));
          await machine.reaches(slow, "BUILDING");
          await machine.call("CancelImageCreation", "--image-build-version-arn", slow);
          expect((await machine.ended(slow)).state?.status).toBe("CANCELLED");

          const listed = async (...words: readonly string[]) =>
            (await machine.call("ListImages", ...words)).imageVersionList?.map((version) => version.arn?.slice(own.length));
          expect(await listed()).toEqual(["image/quick/1.0.0", "image/slow/1.0.0"]);
          expect(await listed("--filters", 'name="platform",values="Windows"')).toEqual([]);
          const builds = await machine.call("ListImageBuildVersions", "--image-version-arn", `${own}image/quick/1.0.0`);
          expect(builds.imageSummaryList?.map(({ version, state }) => `${version} ${state?.status}`)).toEqual([
            "1.0.0/1 AVAILABLE",
            "1.0.0/2 AVAILABLE",
          ]);
          await machine.call("TagResource", "--resource-arn", arn, "--tags", "stage=two");
          expect((await machine.call("ListTagsForResource", "--resource-arn", arn)).tags).toEqual({ team: "web", stage: "two" });
          await machine.call("UntagResource", "--resource-arn", arn, "--tag-keys", "team");
          expect((await machine.image(arn)).tags).toEqual({ stage: "two" });
          expect(await machine.call("GetImagePolicy", "--image-arn", arn)).toMatchObject({ policy: "{}" });
          if (machine.knows("ListWaitingWorkflowSteps")) expect(await machine.call("ListWaitingWorkflowSteps")).toEqual({ steps: [] });
        }),
      ),
    5 * MINUTE,
  );
});

/** The managed Debian, in the version that is newest when a build starts; it is there when the server has asked the mirror. */
async function debianOf(machine: AwsOnServer): Promise<string> {
  for (;;) {
    const words = ["--owner", "Amazon", "--by-name", "--filters", "name=name,values=debian-12-x86"];
    const [found] = (await machine.call("ListImages", ...words)).imageVersionList ?? [];
    if (found?.arn !== undefined) return found.arn;
  }
}

/** What has run of an image with the default workflows, as far as the chapter looks at it. */
async function expectWorkflows(machine: AwsOnServer, arn: string): Promise<void> {
  expect(await machine.workflows(arn)).toEqual([
    expect.stringMatching(/^BUILD COMPLETED: LaunchBuildInstance COMPLETED, .*ApplyBuildComponents COMPLETED, .*CollectMetadata COMPLETED/),
    expect.stringMatching(/^TEST COMPLETED: LaunchTestInstance COMPLETED, ApplyTestComponents COMPLETED, /),
  ]);
  const { workflowExecutions = [] } = await machine.call("ListWorkflowExecutions", "--image-build-version-arn", arn);
  const [build = {}] = workflowExecutions;
  expect(build).toMatchObject({ totalStepsFailed: 0, totalStepsSkipped: 0, totalStepsSucceeded: build.totalStepCount });
  const { steps = [] } = await machine.call("ListWorkflowStepExecutions", "--workflow-execution-id", build.workflowExecutionId ?? "");
  const apply = steps.find(({ name }) => name === "ApplyBuildComponents");
  expect(await machine.call("GetWorkflowStepExecution", "--step-execution-id", apply?.stepExecutionId ?? "")).toMatchObject({
    ...{ name: "ApplyBuildComponents", action: "ExecuteComponents", status: "COMPLETED", imageBuildVersionArn: arn },
    ...{ startTime: expect.any(String), endTime: expect.any(String), outputs: expect.any(String), timeoutSeconds: 43_200 },
  });
}
