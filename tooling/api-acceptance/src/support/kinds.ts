import type * as sdk from "@aws-sdk/client-imagebuilder";
import * as make from "./make.js";
import { makeImage } from "./make-image.js";
import { api } from "./service.js";

/** What the resources of a kind show of themselves. */
export interface Shown {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly tags?: Record<string, string> | undefined;
}

/** What all kinds of resources have in common. */
export interface ResourceKind {
  /** As in ARNs. */
  readonly type: string;
  /** The operation that creates one; of images, the one that takes no name. */
  readonly creates: string;
  /** What the ARN has after the name. */
  readonly suffix: "" | "/1.0.0" | "/1.0.0/1";
  /** As in messages. */
  readonly title: string;
  readonly make: (given?: { name?: string; tags?: Record<string, string> }) => Promise<string>;
  readonly get: (arn: string) => Promise<Shown | undefined>;
  readonly remove: (arn: string) => Promise<unknown>;
  /** One page of those with a name. */
  readonly list: (given: sdk.ListComponentsRequest) => Promise<{ nextToken?: string | undefined; found: Shown[] | undefined }>;
}

const component: ResourceKind = {
  ...{ type: "component", creates: "CreateComponent", suffix: "/1.0.0/1", title: "Component", make: make.makeComponent },
  get: async (arn) => (await api.getComponent({ componentBuildVersionArn: arn })).component,
  remove: (arn) => api.deleteComponent({ componentBuildVersionArn: arn }),
  list: async (given) => api.listComponents(given).then(({ nextToken, componentVersionList: found }) => ({ nextToken, found })),
};

const imageRecipe: ResourceKind = {
  ...{ type: "image-recipe", creates: "CreateImageRecipe", suffix: "/1.0.0", title: "ImageRecipe", make: make.makeImageRecipe },
  get: async (arn) => (await api.getImageRecipe({ imageRecipeArn: arn })).imageRecipe,
  remove: (arn) => api.deleteImageRecipe({ imageRecipeArn: arn }),
  list: async (given) => api.listImageRecipes(given).then(({ nextToken, imageRecipeSummaryList: found }) => ({ nextToken, found })),
};

const containerRecipe: ResourceKind = {
  ...{ type: "container-recipe", creates: "CreateContainerRecipe", suffix: "/1.0.0", title: "ContainerRecipe" },
  make: make.makeContainerRecipe,
  get: async (arn) => (await api.getContainerRecipe({ containerRecipeArn: arn })).containerRecipe,
  remove: (arn) => api.deleteContainerRecipe({ containerRecipeArn: arn }),
  list: async (given) => api.listContainerRecipes(given).then(({ nextToken, containerRecipeSummaryList: found }) => ({ nextToken, found })),
};

const infrastructure: ResourceKind = {
  ...{
    type: "infrastructure-configuration",
    creates: "CreateInfrastructureConfiguration",
    suffix: "",
    title: "InfrastructureConfiguration",
  },
  make: make.makeInfrastructure,
  get: async (arn) => (await api.getInfrastructureConfiguration({ infrastructureConfigurationArn: arn })).infrastructureConfiguration,
  remove: (arn) => api.deleteInfrastructureConfiguration({ infrastructureConfigurationArn: arn }),
  list: async (given) =>
    api
      .listInfrastructureConfigurations(given)
      .then(({ nextToken, infrastructureConfigurationSummaryList: found }) => ({ nextToken, found })),
};

const distribution: ResourceKind = {
  ...{ type: "distribution-configuration", creates: "CreateDistributionConfiguration", suffix: "", title: "DistributionConfiguration" },
  make: make.makeDistribution,
  get: async (arn) => (await api.getDistributionConfiguration({ distributionConfigurationArn: arn })).distributionConfiguration,
  remove: (arn) => api.deleteDistributionConfiguration({ distributionConfigurationArn: arn }),
  list: async (given) =>
    api.listDistributionConfigurations(given).then(({ nextToken, distributionConfigurationSummaryList: found }) => ({ nextToken, found })),
};

const pipeline: ResourceKind = {
  ...{ type: "image-pipeline", creates: "CreateImagePipeline", suffix: "", title: "ImagePipeline", make: make.makePipeline },
  get: async (arn) => (await api.getImagePipeline({ imagePipelineArn: arn })).imagePipeline,
  remove: (arn) => api.deleteImagePipeline({ imagePipelineArn: arn }),
  list: async (given) => api.listImagePipelines(given).then(({ nextToken, imagePipelineList: found }) => ({ nextToken, found })),
};

const workflow: ResourceKind = {
  ...{ type: "workflow/test", creates: "CreateWorkflow", suffix: "/1.0.0/1", title: "Workflow", make: make.makeWorkflow },
  get: async (arn) => (await api.getWorkflow({ workflowBuildVersionArn: arn })).workflow,
  remove: (arn) => api.deleteWorkflow({ workflowBuildVersionArn: arn }),
  list: async (given) => api.listWorkflows(given).then(({ nextToken, workflowVersionList: found }) => ({ nextToken, found })),
};

const lifecyclePolicy: ResourceKind = {
  ...{ type: "lifecycle-policy", creates: "CreateLifecyclePolicy", suffix: "", title: "LifecyclePolicy", make: make.makeLifecyclePolicy },
  get: async (arn) => (await api.getLifecyclePolicy({ lifecyclePolicyArn: arn })).lifecyclePolicy,
  remove: (arn) => api.deleteLifecyclePolicy({ lifecyclePolicyArn: arn }),
  list: async (given) =>
    api.listLifecyclePolicies(given).then(({ nextToken, lifecyclePolicySummaryList: found }) => ({ nextToken, found })),
};

/** The kinds that have a name of their own. */
export const NAMED_KINDS: readonly ResourceKind[] = [
  ...[component, imageRecipe, containerRecipe, infrastructure, distribution, pipeline, workflow, lifecyclePolicy],
];

const image: ResourceKind = {
  ...{ type: "image", creates: "CreateImage", suffix: "/1.0.0/1", title: "Image" },
  make: async ({ tags, name } = {}) =>
    makeImage({ ...(tags ? { tags } : {}), ...(name ? { imageRecipeArn: await make.makeImageRecipe({ name }) } : {}) }),
  get: async (arn) => (await api.getImage({ imageBuildVersionArn: arn })).image,
  remove: (arn) => api.deleteImage({ imageBuildVersionArn: arn }),
  list: async (given) => api.listImages(given).then(({ nextToken, imageVersionList: found }) => ({ nextToken, found })),
};

/** All kinds. An image has the name of its recipe. */
export const KINDS: readonly ResourceKind[] = [...NAMED_KINDS, image];
