import { componentDocument, DOCKERFILE, PARENT_AMI, PARENT_CONTAINER, workflowDocument } from "../support/documents.js";
import * as make from "../support/make.js";
import { cancelImage, makeImage } from "../support/make-image.js";
import { arnOf } from "../support/service.js";
import { uniqueName } from "../support/unique-name.js";

/** A call that a client is to make, and what it has to get: a member of the answer, or the name of an error. */
export interface ClientCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly gets: string;
}

const UUID = "00000000-0000-4000-8000-000000000000";
const policy = (arn: string, action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: [arn.split(":")[4]] }, Action: [`imagebuilder:${action}`], Resource: [arn] }],
  });
const versioned = (kind: string) => ({ name: uniqueName(kind), semanticVersion: "1.0.0" });
const components = async () => [{ componentArn: await make.makeComponent() }];

/** The inputs of all 77 operations; each uses things of its own, so that the calls may be made side by side. */
const CALLS: Readonly<Record<string, (() => Promise<object> | object) | readonly [string, () => Promise<object> | object]>> = {
  CreateComponent: () => ({ ...versioned("client"), platform: "Linux", data: componentDocument("ünïcode 💥"), tags: { team: "web" } }),
  ImportComponent: () => ({ ...versioned("client"), platform: "Linux", type: "BUILD", format: "SHELL", data: "echo hello" }),
  CreateImageRecipe: async () => ({ ...versioned("client"), parentImage: PARENT_AMI, components: await components() }),
  CreateContainerRecipe: async () => ({
    ...{ ...versioned("client"), containerType: "DOCKER", parentImage: PARENT_CONTAINER, platformOverride: "Linux" },
    ...{ components: await components(), dockerfileTemplateData: DOCKERFILE, targetRepository: { service: "ECR", repositoryName: "web" } },
  }),
  CreateInfrastructureConfiguration: () => ({
    name: uniqueName("client"),
    instanceProfileName: "builder",
    terminateInstanceOnFailure: false,
  }),
  CreateDistributionConfiguration: () => ({ name: uniqueName("client"), distributions: [{ region: "eu-west-1" }] }),
  CreateImagePipeline: async () => ({
    ...{ name: uniqueName("client"), imageRecipeArn: await make.makeImageRecipe() },
    ...{ infrastructureConfigurationArn: await make.makeInfrastructure(), schedule: { scheduleExpression: "cron(0 0 * * ? *)" } },
  }),
  CreateWorkflow: () => ({ ...versioned("client"), type: "TEST", data: workflowDocument() }),
  CreateLifecyclePolicy: () => ({
    ...{ name: uniqueName("client"), executionRole: "lifecycle", resourceType: "AMI_IMAGE", resourceSelection: { tagMap: { a: "b" } } },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 3 } }],
  }),
  CreateImage: async () => ({
    imageRecipeArn: await make.makeImageRecipe(),
    infrastructureConfigurationArn: await make.makeInfrastructure(),
  }),
  DistributeImage: async () => ({
    ...{ sourceImage: PARENT_AMI, executionRole: "distributor" },
    distributionConfigurationArn: await make.makeDistribution(),
  }),
  ImportVmImage: () => ({ ...versioned("client"), platform: "Linux", vmImportTaskId: "import-ami-1234567890" }),
  ImportDiskImage: async () => ({
    ...{ ...versioned("client"), platform: "Windows", osVersion: "Microsoft Windows 11", uri: "s3://disks/windows.iso" },
    infrastructureConfigurationArn: await make.makeInfrastructure(),
  }),
  StartImagePipelineExecution: async () => ({ imagePipelineArn: await make.makePipeline() }),
  CancelImageCreation: async () => ({ imageBuildVersionArn: await makeImage() }),
  RetryImage: ["InvalidRequestException", async () => ({ imageBuildVersionArn: await makeImage() })],
  StartResourceStateUpdate: ["InvalidRequestException", async () => ({ resourceArn: await makeImage(), state: { status: "DEPRECATED" } })],
  SendWorkflowStepAction: [
    "ResourceNotFoundException",
    async () => ({ stepExecutionId: `step-${UUID}`, imageBuildVersionArn: await makeImage(), action: "RESUME" }),
  ],
  CancelLifecycleExecution: ["ResourceNotFoundException", () => ({ lifecycleExecutionId: `lce-${UUID}` })],

  GetComponent: async () => ({ componentBuildVersionArn: await make.makeComponent() }),
  GetImageRecipe: async () => ({ imageRecipeArn: await make.makeImageRecipe() }),
  GetContainerRecipe: async () => ({ containerRecipeArn: await make.makeContainerRecipe() }),
  GetInfrastructureConfiguration: async () => ({ infrastructureConfigurationArn: await make.makeInfrastructure() }),
  GetDistributionConfiguration: async () => ({ distributionConfigurationArn: await make.makeDistribution() }),
  GetImagePipeline: async () => ({ imagePipelineArn: await make.makePipeline() }),
  GetImage: async () => ({ imageBuildVersionArn: await makeImage() }),
  GetWorkflow: async () => ({ workflowBuildVersionArn: await make.makeWorkflow() }),
  GetLifecyclePolicy: async () => ({ lifecyclePolicyArn: await make.makeLifecyclePolicy() }),
  GetComponentPolicy: ["ResourceNotFoundException", async () => ({ componentArn: await make.makeComponent() })],
  GetImageRecipePolicy: async () => ({ imageRecipeArn: await make.makeImageRecipe() }),
  GetContainerRecipePolicy: async () => ({ containerRecipeArn: await make.makeContainerRecipe() }),
  GetImagePolicy: async () => ({ imageArn: await makeImage() }),
  GetWorkflowExecution: ["ResourceNotFoundException", () => ({ workflowExecutionId: `wf-${UUID}` })],
  GetWorkflowStepExecution: ["ResourceNotFoundException", () => ({ stepExecutionId: `step-${UUID}` })],
  GetLifecycleExecution: ["ResourceNotFoundException", () => ({ lifecycleExecutionId: `lce-${UUID}` })],
  GetMarketplaceResource: [
    "ResourceNotFoundException",
    async () => ({ resourceType: "COMPONENT_DATA", resourceArn: await arnOf("component/none/1.0.0/1", "aws-marketplace") }),
  ],

  PutComponentPolicy: async () => {
    const componentArn = await make.makeComponent();
    return { componentArn, policy: policy(componentArn, "GetComponent") };
  },
  PutImageRecipePolicy: async () => {
    const imageRecipeArn = await make.makeImageRecipe();
    return { imageRecipeArn, policy: policy(imageRecipeArn, "GetImageRecipe") };
  },
  PutContainerRecipePolicy: async () => {
    const containerRecipeArn = await make.makeContainerRecipe();
    return { containerRecipeArn, policy: policy(containerRecipeArn, "GetContainerRecipe") };
  },
  PutImagePolicy: async () => {
    const imageArn = await makeImage();
    return { imageArn, policy: policy(imageArn, "GetImage") };
  },

  UpdateInfrastructureConfiguration: async () => ({
    ...{ infrastructureConfigurationArn: await make.makeInfrastructure(), instanceProfileName: "other" },
  }),
  UpdateDistributionConfiguration: async () => ({
    ...{ distributionConfigurationArn: await make.makeDistribution(), distributions: [{ region: "us-west-2" }] },
  }),
  UpdateImagePipeline: async () => {
    const [imageRecipeArn, infrastructureConfigurationArn] = [await make.makeImageRecipe(), await make.makeInfrastructure()];
    const imagePipelineArn = await make.makePipeline({ imageRecipeArn, infrastructureConfigurationArn });
    return { imagePipelineArn, imageRecipeArn, infrastructureConfigurationArn };
  },
  UpdateLifecyclePolicy: async () => ({
    ...{ lifecyclePolicyArn: await make.makeLifecyclePolicy(), executionRole: "lifecycle", resourceType: "AMI_IMAGE" },
    ...{ resourceSelection: { tagMap: { a: "b" } } },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 5 } }],
  }),

  DeleteComponent: async () => ({ componentBuildVersionArn: await make.makeComponent() }),
  DeleteImageRecipe: async () => ({ imageRecipeArn: await make.makeImageRecipe() }),
  DeleteContainerRecipe: async () => ({ containerRecipeArn: await make.makeContainerRecipe() }),
  DeleteInfrastructureConfiguration: async () => ({ infrastructureConfigurationArn: await make.makeInfrastructure() }),
  DeleteDistributionConfiguration: async () => ({ distributionConfigurationArn: await make.makeDistribution() }),
  DeleteImagePipeline: async () => ({ imagePipelineArn: await make.makePipeline() }),
  DeleteWorkflow: async () => ({ workflowBuildVersionArn: await make.makeWorkflow() }),
  DeleteLifecyclePolicy: async () => ({ lifecyclePolicyArn: await make.makeLifecyclePolicy() }),
  DeleteImage: async () => {
    const imageBuildVersionArn = await makeImage();
    await cancelImage(imageBuildVersionArn);
    return { imageBuildVersionArn };
  },

  ListComponents: () => ({ filters: [{ name: "name", values: [uniqueName("none")] }] }),
  ListComponentBuildVersions: async () => ({ componentVersionArn: (await make.makeComponent()).replace(/\/1$/, "") }),
  ListImageRecipes: () => ({ owner: "Self", maxResults: 1 }),
  ListContainerRecipes: () => ({ owner: "Self", maxResults: 1 }),
  ListInfrastructureConfigurations: () => ({ maxResults: 1 }),
  ListDistributionConfigurations: () => ({ maxResults: 1 }),
  ListImagePipelines: () => ({ maxResults: 1 }),
  ListImagePipelineImages: async () => ({ imagePipelineArn: await make.makePipeline() }),
  ListImages: () => ({ owner: "Self", byName: true, maxResults: 1 }),
  ListImageBuildVersions: async () => ({ imageVersionArn: (await makeImage()).replace(/\/1$/, "") }),
  ListImagePackages: async () => ({ imageBuildVersionArn: await makeImage() }),
  ListImageScanFindings: () => ({ filters: [{ name: "severity", values: ["HIGH"] }] }),
  ListImageScanFindingAggregations: () => ({}),
  ListWorkflows: () => ({ maxResults: 1 }),
  ListWorkflowBuildVersions: async () => ({ workflowVersionArn: (await make.makeWorkflow()).replace(/\/1$/, "") }),
  ListWorkflowExecutions: async () => ({ imageBuildVersionArn: await makeImage() }),
  ListWorkflowStepExecutions: ["ResourceNotFoundException", () => ({ workflowExecutionId: `wf-${UUID}` })],
  ListWaitingWorkflowSteps: () => ({}),
  ListLifecyclePolicies: () => ({ filters: [{ name: "status", values: ["ENABLED"] }], maxResults: 1 }),
  ListLifecycleExecutions: async () => ({ resourceArn: await make.makeLifecyclePolicy() }),
  ListLifecycleExecutionResources: ["ResourceNotFoundException", () => ({ lifecycleExecutionId: `lce-${UUID}` })],
  ListTagsForResource: async () => ({ resourceArn: await make.makeInfrastructure({ tags: { team: "web" } }) }),
  TagResource: async () => ({ resourceArn: await make.makeImageRecipe(), tags: { "cost center": "7", team: "wéb" } }),
  UntagResource: async () => ({ resourceArn: await make.makeComponent({ tags: { a: "1", b: "2" } }), tagKeys: ["a", "b"] }),
};

/** The calls for those operations that a client has. */
export async function clientCalls(operations: readonly string[]): Promise<ClientCall[]> {
  const calls: ClientCall[] = [];
  for (const operation of operations) {
    const call = CALLS[operation];
    if (call === undefined) throw new Error(`the suite has no input for ${operation}`);
    const [gets, input] = typeof call === "function" ? ["an answer", call] : call;
    calls.push({ operation, input: (await input()) as ClientCall["input"], gets });
  }
  return calls;
}

export const ALL_OPERATIONS: readonly string[] = Object.keys(CALLS);
