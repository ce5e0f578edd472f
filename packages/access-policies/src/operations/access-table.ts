import type { OperationName, ResourceType } from "@imagewright/imagebuilder-model";
import type { NamedMember, OperationAccess, PassedRole } from "./access-facts.js";

type Row = Partial<Omit<OperationAccess, "action">>;

const WORKFLOWS: readonly ResourceType[] = ["workflow/build", "workflow/distribution", "workflow/test"];

const target = (at: string, ...types: ResourceType[]): NamedMember => ({
  at,
  ...(types.length > 0 ? { types } : {}),
  form: "arn",
  isUsed: false,
});
const used = (at: string, ...types: ResourceType[]): NamedMember => ({ ...target(at, ...types), isUsed: true });
const on = (at: string, ...types: ResourceType[]): Row => ({ named: [target(at, ...types)] });
const onId = (at: string, type: ResourceType): Row => ({ named: [{ ...target(at, type), form: "id" }] });
const creating = (...creates: ResourceType[]): Row => ({ creates });
const ANYTHING: Row = {};

const INFRASTRUCTURE = used("infrastructureConfigurationArn", "infrastructure-configuration");
const DISTRIBUTION = used("distributionConfigurationArn", "distribution-configuration");
const COMPONENTS = used("components[].componentArn", "component");
const PARENT_IMAGE: NamedMember = { ...used("parentImage", "image"), form: "any" };
const BUILD_FROM: readonly NamedMember[] = [
  used("imageRecipeArn", "image-recipe"),
  used("containerRecipeArn", "container-recipe"),
  INFRASTRUCTURE,
  DISTRIBUTION,
  used("workflows[].workflowArn", ...WORKFLOWS),
];
const EXECUTION_ROLE: readonly PassedRole[] = [{ at: "executionRole", service: "imagebuilder.amazonaws.com" }];
// the guide's example passes the role of the instance profile to EC2
const INSTANCE_ROLE: readonly PassedRole[] = [{ at: "instanceProfileName", service: "ec2.amazonaws.com" }];

/** One row an operation. Source: API model, the members of requests; guide chapter 49. */
export const ACCESS_TABLE: Readonly<Record<OperationName, Row>> = {
  CancelImageCreation: on("imageBuildVersionArn", "image"),
  CancelLifecycleExecution: onId("lifecycleExecutionId", "lifecycle-execution"),
  CreateComponent: creating("component"),
  CreateContainerRecipe: { named: [COMPONENTS, PARENT_IMAGE], creates: ["container-recipe"] },
  CreateDistributionConfiguration: creating("distribution-configuration"),
  CreateImage: { named: BUILD_FROM, creates: ["image"], passes: EXECUTION_ROLE },
  CreateImagePipeline: { named: BUILD_FROM, creates: ["image-pipeline"], passes: EXECUTION_ROLE },
  CreateImageRecipe: { named: [COMPONENTS, PARENT_IMAGE], creates: ["image-recipe"] },
  CreateInfrastructureConfiguration: { creates: ["infrastructure-configuration"], passes: INSTANCE_ROLE },
  CreateLifecyclePolicy: { creates: ["lifecycle-policy"], passes: EXECUTION_ROLE },
  CreateWorkflow: creating(...WORKFLOWS),
  DeleteComponent: on("componentBuildVersionArn", "component"),
  DeleteContainerRecipe: on("containerRecipeArn", "container-recipe"),
  DeleteDistributionConfiguration: on("distributionConfigurationArn", "distribution-configuration"),
  DeleteImage: on("imageBuildVersionArn", "image"),
  DeleteImagePipeline: on("imagePipelineArn", "image-pipeline"),
  DeleteImageRecipe: on("imageRecipeArn", "image-recipe"),
  DeleteInfrastructureConfiguration: on("infrastructureConfigurationArn", "infrastructure-configuration"),
  DeleteLifecyclePolicy: on("lifecyclePolicyArn", "lifecycle-policy"),
  DeleteWorkflow: on("workflowBuildVersionArn", ...WORKFLOWS),
  DistributeImage: { named: [{ ...used("sourceImage", "image"), form: "any" }, DISTRIBUTION], creates: ["image"], passes: EXECUTION_ROLE },
  GetComponent: on("componentBuildVersionArn", "component"),
  GetComponentPolicy: on("componentArn", "component"),
  GetContainerRecipe: on("containerRecipeArn", "container-recipe"),
  GetContainerRecipePolicy: on("containerRecipeArn", "container-recipe"),
  GetDistributionConfiguration: on("distributionConfigurationArn", "distribution-configuration"),
  GetImage: on("imageBuildVersionArn", "image"),
  GetImagePipeline: on("imagePipelineArn", "image-pipeline"),
  GetImagePolicy: on("imageArn", "image"),
  GetImageRecipe: on("imageRecipeArn", "image-recipe"),
  GetImageRecipePolicy: on("imageRecipeArn", "image-recipe"),
  GetInfrastructureConfiguration: on("infrastructureConfigurationArn", "infrastructure-configuration"),
  GetLifecycleExecution: onId("lifecycleExecutionId", "lifecycle-execution"),
  GetLifecyclePolicy: on("lifecyclePolicyArn", "lifecycle-policy"),
  GetMarketplaceResource: on("resourceArn"),
  GetWorkflow: on("workflowBuildVersionArn", ...WORKFLOWS),
  GetWorkflowExecution: onId("workflowExecutionId", "workflow-execution"),
  GetWorkflowStepExecution: onId("stepExecutionId", "workflow-step-execution"),
  ImportComponent: creating("component"),
  ImportDiskImage: { named: [INFRASTRUCTURE], creates: ["image"], passes: EXECUTION_ROLE },
  ImportVmImage: creating("image"),
  ListComponentBuildVersions: on("componentVersionArn", "component"),
  ListComponents: ANYTHING,
  ListContainerRecipes: ANYTHING,
  ListDistributionConfigurations: ANYTHING,
  ListImageBuildVersions: on("imageVersionArn", "image"),
  ListImagePackages: on("imageBuildVersionArn", "image"),
  ListImagePipelineImages: on("imagePipelineArn", "image-pipeline"),
  ListImagePipelines: ANYTHING,
  ListImageRecipes: ANYTHING,
  ListImageScanFindingAggregations: ANYTHING,
  ListImageScanFindings: ANYTHING,
  ListImages: ANYTHING,
  ListInfrastructureConfigurations: ANYTHING,
  ListLifecycleExecutionResources: onId("lifecycleExecutionId", "lifecycle-execution"),
  ListLifecycleExecutions: on("resourceArn"),
  ListLifecyclePolicies: ANYTHING,
  ListTagsForResource: on("resourceArn"),
  ListWaitingWorkflowSteps: ANYTHING,
  ListWorkflowBuildVersions: on("workflowVersionArn", ...WORKFLOWS),
  ListWorkflowExecutions: on("imageBuildVersionArn", "image"),
  ListWorkflowStepExecutions: onId("workflowExecutionId", "workflow-execution"),
  ListWorkflows: ANYTHING,
  PutComponentPolicy: on("componentArn", "component"),
  PutContainerRecipePolicy: on("containerRecipeArn", "container-recipe"),
  PutImagePolicy: on("imageArn", "image"),
  PutImageRecipePolicy: on("imageRecipeArn", "image-recipe"),
  RetryImage: on("imageBuildVersionArn", "image"),
  SendWorkflowStepAction: {
    named: [{ ...target("stepExecutionId", "workflow-step-execution"), form: "id" }, target("imageBuildVersionArn", "image")],
  },
  StartImagePipelineExecution: { named: [target("imagePipelineArn", "image-pipeline")], creates: ["image"] },
  StartResourceStateUpdate: { named: [target("resourceArn", "image")], passes: EXECUTION_ROLE },
  TagResource: on("resourceArn"),
  UntagResource: on("resourceArn"),
  UpdateDistributionConfiguration: on("distributionConfigurationArn", "distribution-configuration"),
  UpdateImagePipeline: { named: [target("imagePipelineArn", "image-pipeline"), ...BUILD_FROM], passes: EXECUTION_ROLE },
  UpdateInfrastructureConfiguration: { ...on("infrastructureConfigurationArn", "infrastructure-configuration"), passes: INSTANCE_ROLE },
  UpdateLifecyclePolicy: { ...on("lifecyclePolicyArn", "lifecycle-policy"), passes: EXECUTION_ROLE },
};
