import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  distributionConfigurationArn,
  getPipeline,
  imageRecipeArn,
  infrastructureConfigurationArn,
  pipelineInput,
  START_CONDITION,
  storePipelineSources,
  updatePipeline,
  workflowChoice,
} from "../../testing/pipeline-sources.js";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene();
beforeAll(() => storePipelineSources(scene));
const tests = { imageTestsEnabled: true, timeoutMinutes: 720 };
const createdAt = "2026-11-29T10:00:00.000Z";

describe("a pipeline", () => {
  const arn = `${ARN}image-pipeline/web-weekly`;

  test("PIP-006: is created with defaults, as those of CreateImage", async () => {
    expect(await scene.call("CreateImagePipeline", pipelineInput("Web Weekly", { clientToken: "t1" }))).toEqual({
      clientToken: "t1",
      imagePipelineArn: arn,
    });
    expect(await getPipeline(scene, "web-weekly")).toEqual({
      ...{ arn, name: "Web Weekly", platform: "Linux", status: "ENABLED", imageRecipeArn, infrastructureConfigurationArn },
      ...{ enhancedImageMetadataEnabled: true, imageTestsConfiguration: tests, consecutiveFailures: 0, tags: {} },
      ...{ dateCreated: createdAt },
    });
  });

  test("PIP-003: is replaced by an update: what is not given goes", async () => {
    scene.now += 60_000;
    const all = {
      ...{ description: "weekly", distributionConfigurationArn, enhancedImageMetadataEnabled: false, status: "DISABLED" },
      imageTestsConfiguration: { timeoutMinutes: 90 },
      imageScanningConfiguration: { imageScanningEnabled: true, ecrConfiguration: { repositoryName: "scans", containerTags: ["a"] } },
      schedule: { scheduleExpression: "cron(0 8 ? * mon *)", timezone: "Europe/Berlin", autoDisablePolicy: { failureCount: 3 } },
      imageTags: { team: "web" },
      loggingConfiguration: { imageLogGroupName: "/own/images", pipelineLogGroupName: "/aws/imagebuilder/pipeline/web" },
      workflows: [
        { workflowArn: workflowChoice("build"), parameters: [{ name: "label", value: ["db"] }] },
        { workflowArn: workflowChoice("test"), parallelGroup: "one", onFailure: "CONTINUE" },
      ],
      executionRole: "builder",
    };
    expect(await updatePipeline(scene, "web-weekly", { ...all, clientToken: "t2" })).toEqual({ clientToken: "t2", imagePipelineArn: arn });
    const common = { arn, name: "Web Weekly", platform: "Linux", imageRecipeArn, infrastructureConfigurationArn, dateCreated: createdAt };
    expect(await getPipeline(scene, "web-weekly")).toEqual({
      ...{ ...common, ...all, consecutiveFailures: 0, tags: {}, dateUpdated: "2026-11-29T10:01:00.000Z" },
      imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 90 },
      schedule: { ...all.schedule, pipelineExecutionStartCondition: START_CONDITION },
    });
    await updatePipeline(scene, "web-weekly", { containerRecipeArn: undefined });
    expect(await getPipeline(scene, "web-weekly")).toEqual({
      ...{ ...common, status: "ENABLED", enhancedImageMetadataEnabled: true, imageTestsConfiguration: tests },
      ...{ consecutiveFailures: 0, tags: {}, dateUpdated: "2026-11-29T10:01:00.000Z" },
    });
    scene.now -= 60_000;
  });

  test("PIP-015: has the platform of its recipe, by a wildcard too", async () => {
    const recipe = { imageRecipeArn: undefined, containerRecipeArn: `${ARN}container-recipe/web/2.x.x` };
    await scene.call("CreateImagePipeline", pipelineInput("containers", { ...recipe, tags: { team: "a" } }));
    expect(await getPipeline(scene, "containers")).toMatchObject({
      platform: "Windows",
      containerRecipeArn: recipe.containerRecipeArn,
      tags: { team: "a" },
    });
  });

  test("is deleted", async () => {
    expect(await scene.call("DeleteImagePipeline", { imagePipelineArn: arn })).toEqual({ imagePipelineArn: arn });
    expect(await scene.refused("GetImagePipeline", { imagePipelineArn: arn })).toBe(
      `ResourceNotFoundException: Resource of type 'ImagePipeline' with identifier '${arn}' cannot be found.`,
    );
    expect((await scene.pool.query("select count(*)::integer as states from image_pipeline_state")).rows).toEqual([{ states: 1 }]);
  });
});

describe("lists", () => {
  const schedule = { scheduleExpression: "cron(0 8 * * ? *)" };
  const names = async (input: object) => {
    const found: (string | undefined)[][] = [];
    for (let nextToken: string | undefined; ;) {
      const page = await scene.call("ListImagePipelines", { ...input, ...(nextToken === undefined ? {} : { nextToken }) });
      found.push((page.imagePipelineList ?? []).map(({ name }) => name));
      nextToken = page.nextToken;
      if (nextToken === undefined) return found;
    }
  };

  test("are by name, in pages", async () => {
    for (const name of ["utc", "often", "off", "nightly", "never"])
      await scene.call("CreateImagePipeline", pipelineInput(name, { schedule }));
    expect(await names({})).toEqual([["containers", "never", "nightly", "off", "often", "utc"]]);
    expect(await names({ maxResults: 4 })).toEqual([
      ["containers", "never", "nightly", "off"],
      ["often", "utc"],
    ]);
  });

  test("show what GetImagePipeline shows", async () => {
    const { imagePipelineList } = await scene.call("ListImagePipelines", { filters: [{ name: "name", values: ["nightly"] }] });
    expect(imagePipelineList).toEqual([await getPipeline(scene, "nightly")]);
  });

  test.each([
    ["name", "utc", ["utc"]],
    ["status", "DISABLED", ["filtered"]],
    ["description", "with all", ["filtered"]],
    ["imageRecipeArn", `${ARN}image-recipe/web/x.x.x`, ["filtered"]],
    [
      "infrastructureConfigurationArn",
      infrastructureConfigurationArn,
      ["containers", "filtered", "never", "nightly", "off", "often", "utc"],
    ],
    ["distributionConfigurationArn", distributionConfigurationArn, ["filtered"]],
  ])("with the filter %s", async (name, value, expected) => {
    if (name === "name")
      await scene.call("CreateImagePipeline", {
        ...pipelineInput("filtered", { imageRecipeArn: `${ARN}image-recipe/web/x.x.x`, distributionConfigurationArn }),
        ...{ status: "DISABLED", description: "with all" },
      });
    expect(await names({ filters: [{ name, values: [value] }] })).toEqual([expected]);
  });
});

describe("what a pipeline names", () => {
  const dependent = `${ARN}image-pipeline/dependent`;
  const build = `${ARN}workflow/build/own/1.0.0/1`;

  test("cannot be deleted before it", async () => {
    const workflows = [{ workflowArn: workflowChoice("build") }];
    await scene.call("CreateImagePipeline", pipelineInput("dependent", { workflows, executionRole: "builder" }));
    expect(await scene.refused("DeleteWorkflow", { workflowBuildVersionArn: build })).toBe(
      `ResourceDependencyException: Resource dependency error: The resource ARN '${build}' has other resources depended on it. They are: '${dependent}'.`,
    );
    const { rows } = await scene.pool.query<{ named: string }>(
      "select type || '/' || resource_reference.slug || ' ' || coalesce(concat_ws('.', resource_reference.major, resource_reference.minor, resource_reference.patch), '') as named from resource_reference where resource_id = (select id from resource where slug = 'dependent') order by 1".replace(
        "type ||",
        "resource_reference.type ||",
      ),
    );
    expect(rows.map(({ named }) => named.trim())).toEqual([
      "image-recipe/web 1.0.0",
      "infrastructure-configuration/small",
      "workflow/build/own 1",
    ]);
  });

  test("can be deleted after an update that names it no longer", async () => {
    await updatePipeline(scene, "dependent");
    expect(await scene.call("DeleteWorkflow", { workflowBuildVersionArn: build })).toEqual({ workflowBuildVersionArn: build });
  });
});

describe("at the same time", () => {
  test("of ten that create a pipeline, one does", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.refused("CreateImagePipeline", pipelineInput("Raced"))));
    const exists = `ResourceAlreadyExistsException: The following resource 'ImagePipeline' already exists: '${ARN}image-pipeline/raced'.`;
    expect(answers.filter((answer) => answer !== exists)).toHaveLength(1);
  });

  test("what a new pipeline names is not deleted: either it is refused, or the pipeline is", async () => {
    for (let round = 0; round < 5; round += 1) {
      const data = "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n";
      const input = { name: `raced-${round}`, semanticVersion: "1.0.0", type: "TEST", data };
      const { workflowBuildVersionArn = "" } = await scene.call("CreateWorkflow", input);
      const workflows = [{ workflowArn: workflowChoice("test", input.name) }];
      const [created, deleted] = await Promise.all([
        scene.refused("CreateImagePipeline", pipelineInput(input.name, { workflows, executionRole: "builder" })),
        scene.refused("DeleteWorkflow", { workflowBuildVersionArn }),
      ]);
      expect([created, deleted].map((answer) => answer.split(":")[0])).toEqual(
        created.startsWith("no error") ? ["no error", "ResourceDependencyException"] : ["ResourceNotFoundException", "no error"],
      );
    }
  });
});
