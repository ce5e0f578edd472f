import type { FileKind } from "../kind/file-kind.js";

interface ResourceType {
  readonly kind: FileKind;
  /** The shape of the API's request that makes such a resource. */
  readonly request: string;
}

/** The types of resources that are read out of templates. */
export const TEMPLATE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  (
    [
      ["Component", "component"],
      ["Workflow", "workflow"],
      ["ContainerRecipe", "container-recipe"],
      ["ImageRecipe", "image-recipe"],
      ["ImagePipeline", "image-pipeline"],
      ["LifecyclePolicy", "lifecycle-policy"],
      ["DistributionConfiguration", "distribution-configuration"],
      ["InfrastructureConfiguration", "infrastructure-configuration"],
    ] as const
  ).map(([name, kind]) => [`AWS::ImageBuilder::${name}`, { kind, request: `Create${name}Request` }]),
);

/** What a template calls resources of a kind. */
export function resourceTypeOf(kind: FileKind): string | undefined {
  return [...TEMPLATE_TYPES].find(([, type]) => type.kind === kind)?.[0];
}
