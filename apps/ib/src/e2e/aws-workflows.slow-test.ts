// Chapters 40 and 41: a pipeline of containers with workflows of one's own, their parameters and test groups; a step waits for somebody.
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { NO_PYTHON_CLIENTS, pythonClients } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { DOCKERFILE, withEmptyMachine, withSmallParent, type AwsOnServer } from "./testing/aws-on-server.js";

const MINUTE = 60_000;
const hasEngine = (await inspectEngines()).some(({ usable }) => usable);
// that of Debian does not know workflows
const aws = pythonClients(new Date())?.aws;
const problem = aws === undefined ? NO_PYTHON_CLIENTS : hasEngine ? testImageProblem() : "no container engine can be used";

const ON = "inputs: { instanceId.$: $.stepOutputs.Launch.instanceId";
const LAUNCH = "  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const END = `  - { name: End, action: TerminateInstance, ${ON} } }`;
const shell = (name: string, command: string) =>
  `  - { name: ${name}, action: RunCommand, ${ON}, documentName: AWS-RunShellScript, parameters: { commands: ["${command}"] } } }`;
const flow = (...lines: readonly string[]) => ["schemaVersion: 1.0", ...lines, ""].join("\n");

const WORKFLOWS = {
  BUILD: {
    make: flow(
      "parameters: [{ name: mark, type: string, default: none }]",
      ...[
        "steps:",
        LAUNCH,
        `  - { name: Apply, action: ExecuteComponents, ${ON} } }`,
        shell("Mark", "echo {{ $.parameters.mark }} > /mark"),
      ],
      ...[`  - { name: Create, action: CreateImage, ${ON} } }`, END],
    ),
  },
  TEST: {
    look: flow(
      "parameters: [{ name: path, type: string }, { name: text, type: string, default: made }]",
      ...["steps:", LAUNCH, shell("Look", "grep -x {{ $.parameters.text }} {{ $.parameters.path }}"), END],
    ),
    approve: flow("steps:", "  - { name: Approve, action: WaitForAction, inputs: { payload: 'look at {{ $.imagebuilder.imageName }}' } }"),
  },
};
const MADE = `schemaVersion: 1.0
phases: [{ name: build, steps: [{ name: Make, action: ExecuteBash, inputs: { commands: ["echo made > /made"] } }] }]
`;

/** Waits until a step of an image waits, or the image has ended. */
async function waitingStep(machine: AwsOnServer, arn: string) {
  for (;;) {
    const { steps = [] } = await machine.call("ListWaitingWorkflowSteps");
    const step = steps.find(({ imageBuildVersionArn }) => imageBuildVersionArn === arn);
    if (step !== undefined) return step;
    const { state } = await machine.image(arn);
    if (state?.status === "FAILED") throw new Error(state.reason);
    await sleep(500);
  }
}

(problem === undefined ? test : test.skip)(
  `chapters 40 and 41: a pipeline builds with its own workflows and parameters, and goes on or ends when somebody says so${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () =>
    withEmptyMachine(aws ?? "", (machine) =>
      withSmallParent(machine.folder, async (parentImage) => {
        const { own } = machine;
        for (const [type, documents] of Object.entries(WORKFLOWS))
          for (const [name, document] of Object.entries(documents)) {
            const data = await machine.file(`${name}.yaml`, document);
            await machine.call("CreateWorkflow", "--name", name, "--semantic-version", "1.0.0", "--type", type, "--data", data);
          }
        const componentArn = await machine.component("maker", "1.0.0", MADE);
        const { containerRecipeArn } = await machine.callWithFile("CreateContainerRecipe", {
          ...{ name: "approved", semanticVersion: "1.0.0", containerType: "DOCKER", parentImage, dockerfileTemplateData: DOCKERFILE },
          ...{ components: [{ componentArn }], targetRepository: { service: "ECR", repositoryName: "approved" } },
        });
        const { infrastructureConfigurationArn } = await machine.call(
          "CreateInfrastructureConfiguration",
          ...["--name", "small", "--instance-profile-name", "builder"],
        );
        const value = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([name, text]) => ({ name, value: [text] }));
        const testing = (name: string, parallelGroup: string, parameters?: Readonly<Record<string, string>>) => ({
          ...{ workflowArn: `${own}workflow/test/${name}/x.x.x`, parallelGroup },
          ...(parameters && { parameters: value(parameters) }),
        });
        const pipeline = {
          ...{ containerRecipeArn, infrastructureConfigurationArn },
          schedule: {
            ...{ scheduleExpression: "cron(0 0 ? * SUN *)" },
            pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
          },
          executionRole: `arn:aws:iam::${own.split(":")[4]}:role/runner`,
          workflows: [
            { workflowArn: `${own}workflow/build/make/x.x.x`, parameters: value({ mark: "marked" }) },
            ...[testing("look", "files", { path: "/made" }), testing("look", "files", { path: "/mark", text: "marked" })],
            testing("approve", "people"),
          ],
        };
        const { imagePipelineArn = "" } = await machine.callWithFile("CreateImagePipeline", { ...pipeline, name: "approved" });
        const start = async () =>
          (await machine.call("StartImagePipelineExecution", "--image-pipeline-arn", imagePipelineArn)).imageBuildVersionArn ?? "";
        const answer = async (arn: string, ...action: readonly string[]) => {
          const { stepExecutionId = "" } = await waitingStep(machine, arn);
          await machine.call(
            "SendWorkflowStepAction",
            ...["--step-execution-id", stepExecutionId, "--image-build-version-arn", arn, "--action", ...action],
          );
        };

        const resumed = await start();
        expect(await waitingStep(machine, resumed)).toMatchObject({
          name: "Approve",
          action: "WaitForAction",
          imageBuildVersionArn: resumed,
        });
        expect((await machine.image(resumed)).state).toEqual({ status: "TESTING" });
        await answer(resumed, "RESUME");
        const image = await machine.ended(resumed);
        expect(image.state).toEqual({ status: "AVAILABLE" });
        expect(await machine.workflows(resumed)).toEqual([
          "BUILD COMPLETED: Launch COMPLETED, Apply COMPLETED, Mark COMPLETED, Create COMPLETED, End COMPLETED",
          "TEST COMPLETED: Launch COMPLETED, Look COMPLETED, End COMPLETED",
          "TEST COMPLETED: Launch COMPLETED, Look COMPLETED, End COMPLETED",
          "TEST COMPLETED: Approve COMPLETED",
        ]);
        expect(await machine.inside(image, "cat", "/made", "/mark")).toBe("made\nmarked\n");

        const stopped = await start();
        await answer(stopped, "STOP", "--reason", "not this one");
        const { state, outputResources, version } = await machine.ended(stopped);
        expect([version, state?.status, outputResources]).toEqual(["1.0.0/2", "FAILED", {}]);
        // this aws does not show the context of failures: its model is older than that of boto3
        expect(state?.reason).toMatch(
          /^Workflow Execution ID: wf-\S+ failed with reason: step "Approve" failed: it was stopped: not this one$/,
        );

        const workflows = pipeline.workflows.slice(0, 2);
        await machine.callWithFile("UpdateImagePipeline", { ...pipeline, imagePipelineArn, workflows, status: "DISABLED" });
        const { imagePipeline } = await machine.call("GetImagePipeline", "--image-pipeline-arn", imagePipelineArn);
        expect(imagePipeline).toMatchObject({ status: "DISABLED", lastRunStatus: "FAILED", workflows });
        const listed = await machine.call("ListImagePipelines", "--filters", "name=name,values=approved");
        expect(listed.imagePipelineList?.map(({ arn }) => arn)).toEqual([imagePipelineArn]);
        // a pipeline that is switched off runs by hand, as it is now
        const last = await start();
        expect((await machine.ended(last)).state).toEqual({ status: "AVAILABLE" });
        expect((await machine.workflows(last)).map((line) => line.slice(0, 15).split(":")[0])).toEqual([
          "BUILD COMPLETED",
          "TEST COMPLETED",
        ]);
        const images = await machine.call("ListImagePipelineImages", "--image-pipeline-arn", imagePipelineArn);
        expect(images.imageSummaryList?.map(({ arn }) => arn)).toEqual([resumed, stopped, last]);
      }),
    ),
  10 * MINUTE,
);
