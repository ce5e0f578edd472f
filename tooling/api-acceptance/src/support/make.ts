import type * as sdk from "@aws-sdk/client-imagebuilder";
import { componentDocument, DOCKERFILE, PARENT_AMI, PARENT_CONTAINER, workflowDocument } from "./documents.js";
import { removeAfterwards } from "./remove-afterwards.js";
import { api } from "./service.js";
import { uniqueName } from "./unique-name.js";

// Each function creates a resource with small settings, has it removed after the tests of the file, and returns its ARN.

export async function makeComponent(given: Partial<sdk.CreateComponentRequest> = {}): Promise<string> {
  const { componentBuildVersionArn: arn = "" } = await api.createComponent({
    ...{ name: uniqueName("component"), semanticVersion: "1.0.0", platform: "Linux" as const, clientToken: undefined },
    ...(given.uri === undefined ? { data: componentDocument() } : {}),
    ...given,
  });
  removeAfterwards(() => api.deleteComponent({ componentBuildVersionArn: arn }));
  return arn;
}

export async function makeImageRecipe(given: Partial<sdk.CreateImageRecipeRequest> = {}): Promise<string> {
  const { imageRecipeArn = "" } = await api.createImageRecipe({
    ...{ name: uniqueName("image-recipe"), semanticVersion: "1.0.0", parentImage: PARENT_AMI, clientToken: undefined },
    ...(given.components === undefined ? { components: [{ componentArn: await makeComponent() }] } : {}),
    ...given,
  });
  removeAfterwards(() => api.deleteImageRecipe({ imageRecipeArn }));
  return imageRecipeArn;
}

export async function makeContainerRecipe(given: Partial<sdk.CreateContainerRecipeRequest> = {}): Promise<string> {
  const { containerRecipeArn = "" } = await api.createContainerRecipe({
    ...{ name: uniqueName("container-recipe"), semanticVersion: "1.0.0", containerType: "DOCKER" as const, clientToken: undefined },
    ...{ parentImage: PARENT_CONTAINER, targetRepository: { service: "ECR" as const, repositoryName: "web" } },
    ...{ dockerfileTemplateData: DOCKERFILE, platformOverride: "Linux" as const },
    ...(given.components === undefined ? { components: [{ componentArn: await makeComponent() }] } : {}),
    ...given,
  });
  removeAfterwards(() => api.deleteContainerRecipe({ containerRecipeArn }));
  return containerRecipeArn;
}

export async function makeInfrastructure(given: Partial<sdk.CreateInfrastructureConfigurationRequest> = {}): Promise<string> {
  const { infrastructureConfigurationArn = "" } = await api.createInfrastructureConfiguration({
    ...{ name: uniqueName("infrastructure"), instanceProfileName: "builder", clientToken: undefined },
    ...given,
  });
  removeAfterwards(() => api.deleteInfrastructureConfiguration({ infrastructureConfigurationArn }));
  return infrastructureConfigurationArn;
}

export async function makeDistribution(given: Partial<sdk.CreateDistributionConfigurationRequest> = {}): Promise<string> {
  const { distributionConfigurationArn = "" } = await api.createDistributionConfiguration({
    ...{ name: uniqueName("distribution"), clientToken: undefined },
    distributions: [{ region: "eu-west-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } }],
    ...given,
  });
  removeAfterwards(() => api.deleteDistributionConfiguration({ distributionConfigurationArn }));
  return distributionConfigurationArn;
}

export async function makePipeline(given: Partial<sdk.CreateImagePipelineRequest> = {}): Promise<string> {
  const { imagePipelineArn = "" } = await api.createImagePipeline({
    ...{ name: uniqueName("pipeline"), clientToken: undefined },
    infrastructureConfigurationArn: given.infrastructureConfigurationArn ?? (await makeInfrastructure()),
    ...(given.containerRecipeArn === undefined ? { imageRecipeArn: given.imageRecipeArn ?? (await makeImageRecipe()) } : {}),
    ...given,
  });
  removeAfterwards(() => api.deleteImagePipeline({ imagePipelineArn }));
  return imagePipelineArn;
}

export async function makeWorkflow(given: Partial<sdk.CreateWorkflowRequest> = {}): Promise<string> {
  const { workflowBuildVersionArn = "" } = await api.createWorkflow({
    ...{ name: uniqueName("workflow"), semanticVersion: "1.0.0", type: "TEST" as const, data: workflowDocument(), clientToken: undefined },
    ...given,
  });
  removeAfterwards(() => api.deleteWorkflow({ workflowBuildVersionArn }));
  return workflowBuildVersionArn;
}

export async function makeLifecyclePolicy(given: Partial<sdk.CreateLifecyclePolicyRequest> = {}): Promise<string> {
  const { lifecyclePolicyArn = "" } = await api.createLifecyclePolicy({
    ...{ name: uniqueName("policy"), executionRole: "lifecycle", resourceType: "AMI_IMAGE" as const, clientToken: undefined },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 3 } }],
    resourceSelection: { tagMap: { team: "web" } },
    ...given,
  });
  removeAfterwards(() => api.deleteLifecyclePolicy({ lifecyclePolicyArn }));
  return lifecyclePolicyArn;
}
