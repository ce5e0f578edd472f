import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  containerRecipeArn,
  imageRecipeArn,
  infrastructureConfigurationArn,
  pipelineInput,
  storePipelineSources,
  workflowChoice,
} from "../../testing/pipeline-sources.js";
import { ARN, Scene } from "../../testing/scene.js";

const scene = new Scene();
beforeAll(async () => {
  await storePipelineSources(scene);
  await scene.call("CreateImagePipeline", pipelineInput("utc"));
  await scene.call("CreateImagePipeline", {
    ...{ name: "containers", containerRecipeArn: `${ARN}container-recipe/web/2.x.x`, infrastructureConfigurationArn },
  });
  const data = "schemaVersion: 1.0\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n";
  await scene.call("CreateWorkflow", { name: "twice", semanticVersion: "1.0.0", type: "BUILD", data });
});

describe("PIP-001, PIP-004, SCH-001, SCH-002, SCH-003: refused", () => {
  const create = (more: object) => ["CreateImagePipeline", pipelineInput("refused", more)] as const;
  const value = (parameter: string, reason: string) =>
    `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}`;
  const missing = (kind: string, arn: string) =>
    `ResourceNotFoundException: Resource of type '${kind}' with identifier '${arn}' cannot be found.`;
  const nowhere = (type: string) => `${ARN}${type}`;
  test.each([
    [
      "two recipes",
      create({ containerRecipeArn }),
      "InvalidRequestException: The request must have exactly one of 'imageRecipeArn' and 'containerRecipeArn'; both are given.",
    ],
    [
      "no recipe",
      create({ imageRecipeArn: undefined }),
      "InvalidRequestException: The request must have exactly one of 'imageRecipeArn' and 'containerRecipeArn'; neither is given.",
    ],
    [
      "a name that exists",
      ["CreateImagePipeline", pipelineInput("UTC")] as const,
      `ResourceAlreadyExistsException: The following resource 'ImagePipeline' already exists: '${ARN}image-pipeline/utc'.`,
    ],
    [
      "a missing recipe",
      create({ imageRecipeArn: nowhere("image-recipe/web/3.x.x") }),
      missing("ImageRecipe", nowhere("image-recipe/web/3.x.x")),
    ],
    [
      "a missing infrastructure",
      create({ infrastructureConfigurationArn: nowhere("infrastructure-configuration/no") }),
      missing("InfrastructureConfiguration", nowhere("infrastructure-configuration/no")),
    ],
    [
      "a missing distribution",
      create({ distributionConfigurationArn: nowhere("distribution-configuration/no") }),
      missing("DistributionConfiguration", nowhere("distribution-configuration/no")),
    ],
    [
      "a missing workflow",
      create({ workflows: [{ workflowArn: workflowChoice("test", "no") }], executionRole: "a" }),
      missing("Workflow", workflowChoice("test", "no")),
    ],
    [
      "workflows without a role",
      create({ workflows: [{ workflowArn: workflowChoice("test") }] }),
      "InvalidRequestException: A request with 'workflows' must have 'executionRole'.",
    ],
    [
      "two build workflows",
      create({ workflows: [1, 2].map(() => ({ workflowArn: workflowChoice("build", "twice") })), executionRole: "a" }),
      value("workflows", "an image has at most 1 workflow of the type BUILD; found 2"),
    ],
    [
      "a setting of tests",
      create({ workflows: [{ workflowArn: workflowChoice("build", "twice"), onFailure: "ABORT" }], executionRole: "a" }),
      value("workflows", 'only test workflows have "onFailure"; the type of "workflow/build/twice/1.0.0/1" is BUILD.'),
    ],
    [
      "an unknown parameter of a workflow",
      create({
        workflows: [{ workflowArn: workflowChoice("test"), parameters: [{ name: "labels", value: ["a"] }] }],
        executionRole: "a",
      }),
      value("workflows", `workflow "workflow/test/own/1.0.0/1": unknown parameter "labels"; allowed: "label"`),
    ],
    [
      "a schedule with a fault",
      create({ schedule: { scheduleExpression: "cron(0 0 * * SUN *)" } }),
      value(
        "schedule.scheduleExpression",
        'the day "*" and the day of the week "SUN" cannot both be given; one of them must be "?"; write "0 0 ? * SUN *".',
      ),
    ],
    [
      "an unknown time zone",
      create({ schedule: { scheduleExpression: "cron(0 0 * * ? *)", timezone: "Europe/Bonn" } }),
      value(
        "schedule.timezone",
        '"timezone" must be the IANA name of a time zone, such as "Etc/UTC" or "America/Los_Angeles"; found "Europe/Bonn".',
      ),
    ],
    [
      "a wrong rate",
      create({ schedule: { scheduleExpression: "rate(12 hour)" } }),
      value("schedule.scheduleExpression", 'a value of 12 takes the unit "hours"; found "hour"; write "rate(12 hours)".'),
    ],
    [
      "too many failures",
      create({ schedule: { scheduleExpression: "rate(1 day)", autoDisablePolicy: { failureCount: 11 } } }),
      value("schedule.autoDisablePolicy.failureCount", '"schedule.autoDisablePolicy.failureCount" must be from 1 to 10; found 11.'),
    ],
    [
      "scans without tests",
      create({ imageScanningConfiguration: { imageScanningEnabled: true }, imageTestsConfiguration: { imageTestsEnabled: false } }),
      "InvalidRequestException: An image is scanned while it is tested: 'imageScanningEnabled' cannot be true while 'imageTestsEnabled' is false.",
    ],
    [
      "a log group without a role",
      create({ loggingConfiguration: { pipelineLogGroupName: "/own" } }),
      value(
        "loggingConfiguration",
        "the log group '/own' needs an 'executionRole' that may write to it; allowed without one: log groups whose name begins with '/aws/imagebuilder/'.",
      ),
    ],
    [
      "a role of another account",
      create({ executionRole: "arn:aws:iam::210987654321:role/a" }),
      value("executionRole", "the role is of the account 210987654321; allowed: roles of the account 123456789012."),
    ],
    ["a dry run", create({ dryRun: true }), "DryRunOperationException: The request would have succeeded, but the dry run flag is set."],
    [
      "another kind of recipe",
      [
        "UpdateImagePipeline",
        { imagePipelineArn: `${ARN}image-pipeline/utc`, containerRecipeArn, infrastructureConfigurationArn },
      ] as const,
      value("containerRecipeArn", `the pipeline has the image recipe '${imageRecipeArn}'; allowed: 'imageRecipeArn'.`),
    ],
    [
      "the other kind of recipe",
      [
        "UpdateImagePipeline",
        { imagePipelineArn: `${ARN}image-pipeline/containers`, imageRecipeArn, infrastructureConfigurationArn },
      ] as const,
      value("imageRecipeArn", `the pipeline has the container recipe '${ARN}container-recipe/web/2.x.x'; allowed: 'containerRecipeArn'.`),
    ],
    [
      "a missing pipeline to be updated",
      ["UpdateImagePipeline", { imagePipelineArn: nowhere("image-pipeline/no"), imageRecipeArn, infrastructureConfigurationArn }] as const,
      missing("ImagePipeline", nowhere("image-pipeline/no")),
    ],
    [
      "a missing pipeline to be deleted",
      ["DeleteImagePipeline", { imagePipelineArn: nowhere("image-pipeline/no") }] as const,
      missing("ImagePipeline", nowhere("image-pipeline/no")),
    ],
    [
      "an unknown filter",
      ["ListImagePipelines", { filters: [{ name: "platform", values: ["Linux"] }] }] as const,
      value("filters", 'unknown filter "platform"; allowed: '),
    ],
  ] as const)("%s", async (_, [operation, input], expected) => {
    expect((await scene.refused(operation, input)).slice(0, expected.length)).toBe(expected);
  });
});
