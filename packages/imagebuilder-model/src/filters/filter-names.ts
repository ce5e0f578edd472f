import type { OperationName } from "../operations/operation-table.js";

/** The filters that each list operation has. Source: API model, the `filters` member of their requests. */
export const FILTER_NAMES = {
  ListComponents: ["description", "name", "platform", "productCodes", "status", "supportedOsVersion", "type", "version"],
  ListContainerRecipes: ["containerType", "name", "parentImage", "platform"],
  ListDistributionConfigurations: ["name"],
  ListImageBuildVersions: ["name", "osVersion", "platform", "type", "version"],
  ListImagePipelineImages: ["name", "version"],
  ListImagePipelines: ["description", "distributionConfigurationArn", "imageRecipeArn", "infrastructureConfigurationArn", "name", "status"],
  ListImageRecipes: ["name", "parentImage", "platform"],
  ListImageScanFindingAggregations: ["imageBuildVersionArn", "imagePipelineArn", "vulnerabilityId"],
  ListImageScanFindings: ["imageBuildVersionArn", "imagePipelineArn", "severity", "vulnerabilityId"],
  ListImages: ["name", "osVersion", "platform", "type", "version"],
  ListInfrastructureConfigurations: ["name"],
  ListLifecyclePolicies: ["name", "resourceType", "status"],
  ListWorkflows: ["description", "name", "type", "version"],
} as const satisfies { readonly [Name in OperationName]?: readonly string[] };

/** A list operation that has filters. */
export type FilteredOperation = keyof typeof FILTER_NAMES;
