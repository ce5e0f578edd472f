import { operationAccess } from "@imagewright/access-policies";
import { operationNames, type OperationName } from "@imagewright/imagebuilder-model";
import { beforeAll, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, documentWith, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
const version = { name: "none", semanticVersion: "1.0.0" };
const imageRecipeArn = `${ARN}image-recipe/web-server/1.0.0`;
const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/small`;
const rule = { action: { type: "DELETE" }, filter: { type: "AGE", value: 1, unit: "DAYS" } };

/** Whole requests of the operations that create: what they create is known from them alone. */
const whole: Readonly<Partial<Record<OperationName, object>>> = {
  CreateComponent: { ...version, platform: "Linux", data: documentWith("true") },
  ImportComponent: { ...version, platform: "Linux", format: "SHELL", type: "BUILD", data: "true" },
  CreateWorkflow: {
    ...{ ...version, type: "BUILD" },
    data: JSON.stringify({ name: "none", schemaVersion: 1, steps: [{ name: "Wait", action: "WaitForAction" }] }),
  },
  CreateImageRecipe: { ...version, parentImage: "ami-0123456789abcdef0" },
  CreateContainerRecipe: {
    ...{ ...version, containerType: "DOCKER", parentImage: "debian:12", targetRepository: { service: "ECR", repositoryName: "web" } },
    dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
  },
  CreateDistributionConfiguration: { name: "none", distributions: [{ region: "eu-west-1" }] },
  CreateInfrastructureConfiguration: { name: "none", instanceProfileName: "builder" },
  CreateImagePipeline: { name: "none", imageRecipeArn, infrastructureConfigurationArn },
  CreateLifecyclePolicy: {
    ...{ name: "none", executionRole: "lifecycle", resourceType: "AMI_IMAGE", policyDetails: [rule] },
    resourceSelection: { recipes: [{ name: "Web Server", semanticVersion: "1.0.0" }] },
  },
  CreateImage: { imageRecipeArn, infrastructureConfigurationArn },
  ImportVmImage: { ...version, platform: "Linux", vmImportTaskId: "import-ami-1" },
  ImportDiskImage: {
    ...{ ...version, platform: "Windows", osVersion: "Microsoft Windows 11", infrastructureConfigurationArn },
    uri: "s3://disks/windows/eleven.iso",
  },
};
const stored = async () => (await scene.pool.query<{ count: number }>("select count(*)::int as count from resource")).rows;

beforeAll(async () => {
  await storeImageSources(scene);
  await scene.call("CreateImagePipeline", { name: "there", imageRecipeArn, infrastructureConfigurationArn });
  const { imageBuildVersionArn: sourceImage = "" } = await scene.call("CreateImage", { imageRecipeArn, infrastructureConfigurationArn });
  const amis = [{ region: "eu-west-1", image: "ami-0123456789abcdef0", accountId: ACCOUNT }];
  await scene.plane.images.transition(sourceImage, "AVAILABLE", { outputResources: { amis } });
});

test.each(operationNames())("%s is refused to a user who may do everything else, and stores nothing", async (operation) => {
  const { action } = operationAccess(operation);
  const statements = [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: action, Resource: "*" },
  ];
  const policies = [{ name: "own", document: JSON.stringify({ Version: "2012-10-17", Statement: statements }) }];
  const { principal } = await scene.plane.keys.create({ account: ACCOUNT, user: operation, policies });
  const before = await stored();
  const requests: Readonly<Partial<Record<OperationName, object>>> = {
    ...whole,
    StartImagePipelineExecution: { imagePipelineArn: `${ARN}image-pipeline/there` },
    DistributeImage: {
      ...{ sourceImage: `${ARN}image/web-server/1.0.0/1`, executionRole: "builder" },
      distributionConfigurationArn: `${ARN}distribution-configuration/everywhere`,
    },
  };
  const answer = await scene.refused(operation, requests[operation] ?? {}, { principal });
  expect(answer).toMatch(
    new RegExp(
      `^(Forbidden|AccessDenied)Exception: User: ${principal} is not authorized to perform: ${action}( on resource: arn:\\S+)? with an explicit deny`,
    ),
  );
  expect(await stored()).toEqual(before);
});
