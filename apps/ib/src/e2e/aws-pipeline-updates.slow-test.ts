// A pipeline that builds when what it follows has a new version, and only then: the real `aws`, a server, and `ib pipeline why`.
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import type { PipelineExplanation } from "@imagewright/control-plane";
import { awsOfDebian, NO_AWS_OF_DEBIAN, NO_PYTHON_CLIENTS, pythonClients } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { Client } from "pg";
import { ib } from "./ib.js";
import { AwsOnServer, DOCKERFILE, withSmallParent } from "./testing/aws-on-server.js";
import { until } from "./testing/pipelines.js";
import { withService } from "./testing/service.js";

const MINUTE = 60_000;
const hasEngine = (await inspectEngines()).some(({ usable }) => usable);
const aws = awsOfDebian() ?? pythonClients(new Date())?.aws;
const problem =
  aws === undefined ? `${NO_AWS_OF_DEBIAN}; ${NO_PYTHON_CLIENTS}` : hasEngine ? testImageProblem() : "no container engine can be used";

const writes = (text: string) => `schemaVersion: 1.0
phases:
  - name: build
    steps: [{ name: Write, action: ExecuteBash, inputs: { commands: ["echo ${text} > /written"] } }]
  - name: test
    steps: [{ name: Look, action: ExecuteBash, inputs: { commands: ["grep -x ${text} /written"] } }]
`;

(problem === undefined ? test : test.skip)(
  `SCH-008: a pipeline builds when a component has a new version, and not when nothing has; why names the component${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  () =>
    withService(async (start, { folder, databaseUrl }) => {
      const served = await start(["--role", "all"], folder, { PATH: process.env["PATH"] ?? "" }).answering;
      const machine = new AwsOnServer(aws ?? "", served, folder);
      const database = new Client(databaseUrl);
      await database.connect();
      try {
        await withSmallParent(folder, async (parentImage) => {
          const { own } = machine;
          await machine.component("written", "1.0.0", writes("first"));
          const { containerRecipeArn } = await machine.callWithFile("CreateContainerRecipe", {
            ...{ name: "following", semanticVersion: "1.0.0", containerType: "DOCKER", parentImage, dockerfileTemplateData: DOCKERFILE },
            components: [{ componentArn: `${own}component/written/x.x.x` }],
            targetRepository: { service: "ECR", repositoryName: "following" },
          });
          const { infrastructureConfigurationArn } = await machine.call(
            "CreateInfrastructureConfiguration",
            ...["--name", "small", "--instance-profile-name", "builder"],
          );
          await machine.callWithFile("CreateImagePipeline", {
            ...{ name: "following", containerRecipeArn, infrastructureConfigurationArn },
            schedule: {
              ...{ scheduleExpression: "cron(0 0 1 1 ? *)" },
              pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
            },
          });
          const why = async () => {
            const options = { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } };
            return JSON.parse((await ib(["pipeline", "why", "following", "--json"], options)).stdout) as PipelineExplanation;
          };
          /** The newest evaluation after the pipeline was due once more. */
          const due = async () => {
            const before = (await why()).evaluations.length;
            await database.query("update image_pipeline_state set next_at = date_trunc('minute', now())");
            await until(async () => (await why()).evaluations.length > before);
            return (await why()).evaluations[0];
          };
          const built = async (arn: string | null | undefined) => {
            const image = await machine.ended(arn ?? "");
            expect(image).toMatchObject({ state: { status: "AVAILABLE" }, buildType: "SCHEDULED" });
            return machine.inside(image, "cat", "/written");
          };

          const first = await due();
          expect(first).toMatchObject({
            outcome: "built",
            reason: "the pipeline has never run",
            imageArn: `${own}image/following/1.0.0/1`,
          });
          expect(await built(first?.imageArn)).toBe("first\n");
          expect(await due()).toMatchObject({
            ...{ outcome: "skipped", reason: "neither the base image nor a component has an update", imageArn: null },
          });

          await machine.component("written", "1.1.0", writes("second"));
          const reason = "component written 1.1.0/1, newer than 1.0.0/1 of the last build";
          expect((await why()).ifDueNow).toMatchObject({
            outcome: "built",
            reason,
            updates: [{ kind: "component", name: "written", found: "1.1.0/1" }],
          });
          const next = await due();
          expect(next).toMatchObject({ outcome: "built", reason, imageArn: `${own}image/following/1.0.0/2` });
          expect(await built(next?.imageArn)).toBe("second\n");
          expect(await due()).toMatchObject({ outcome: "skipped", imageArn: null });
          const images = await machine.call("ListImagePipelineImages", "--image-pipeline-arn", `${own}image-pipeline/following`);
          expect(images.imageSummaryList).toHaveLength(2);
        });
      } finally {
        await database.end();
        await machine.removeMade();
      }
    }),
  5 * MINUTE,
);
