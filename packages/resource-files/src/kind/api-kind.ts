/** What the API and CloudFormation call the resources of each kind. */
const NAMES = {
  component: "Component",
  workflow: "Workflow",
  "container-recipe": "ContainerRecipe",
  "image-recipe": "ImageRecipe",
  "image-pipeline": "ImagePipeline",
  "lifecycle-policy": "LifecyclePolicy",
  "distribution-configuration": "DistributionConfiguration",
  "infrastructure-configuration": "InfrastructureConfiguration",
} as const;

/** The kinds of resources of the API that are read from files. */
export type ApiKind = keyof typeof NAMES;

export const API_KINDS = Object.keys(NAMES) as readonly ApiKind[];

/** The name of a kind in the names of operations and types: `ImagePipeline`. */
export function apiName(kind: ApiKind): string {
  return NAMES[kind];
}

/** The name of a kind in members: `imagePipeline`. */
export function memberName(kind: ApiKind): string {
  return NAMES[kind].charAt(0).toLowerCase() + NAMES[kind].slice(1);
}
