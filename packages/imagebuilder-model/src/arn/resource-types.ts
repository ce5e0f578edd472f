/** What may follow the name in an ARN of a type: a version and a build, a version, or nothing. */
export type VersionDepth = "build" | "version" | "none";

/** What ARNs of a type look like. */
export interface ResourceTypeRules {
  /** The type in messages, with its article. */
  readonly described: string;
  readonly depth: VersionDepth;
  /** Possible owners: accounts and AWS only, also parts of AWS (the marketplace), or also third parties. */
  readonly owners: "accounts" | "aws-parts" | "third-parties";
  /** Whether the patterns of partition and region are strict. Older types allow any partition that begins with `aws`, and any region. */
  readonly strictPlace: boolean;
  /** Executions have an ID instead of a name: this prefix and a UUID. */
  readonly idPrefix?: string;
}

const recipe = { depth: "version", owners: "accounts", strictPlace: false } as const;
const settings = { depth: "none", owners: "accounts", strictPlace: false } as const;
const workflow = { described: "a workflow", depth: "build", owners: "aws-parts", strictPlace: true } as const;
const execution = { depth: "none", owners: "accounts", strictPlace: true } as const;

/**
 * The types of resources and what their ARNs look like. Source: API model, the patterns of the shapes `…Arn`. The ARNs of executions are
 * those that permissions name (AWS service authorization reference); the API itself names executions by their IDs.
 */
export const RESOURCE_TYPES = {
  component: { described: "a component", depth: "build", owners: "third-parties", strictPlace: false },
  image: { described: "an image", depth: "build", owners: "aws-parts", strictPlace: false },
  "workflow/build": workflow,
  "workflow/test": workflow,
  "workflow/distribution": workflow,
  "image-recipe": { described: "an image recipe", ...recipe },
  "container-recipe": { described: "a container recipe", ...recipe },
  "image-pipeline": { described: "an image pipeline", ...settings },
  "infrastructure-configuration": { described: "an infrastructure configuration", ...settings },
  "distribution-configuration": { described: "a distribution configuration", ...settings },
  "lifecycle-policy": { described: "a lifecycle policy", ...settings, strictPlace: true },
  "workflow-execution": { described: "a workflow execution", ...execution, idPrefix: "wf" },
  "workflow-step-execution": { described: "a workflow step execution", ...execution, idPrefix: "step" },
  "lifecycle-execution": { described: "a lifecycle execution", ...execution, idPrefix: "lce" },
} as const satisfies Record<string, ResourceTypeRules>;

export type ResourceType = keyof typeof RESOURCE_TYPES;

/** Whether a text is a type of resources. */
export function isResourceType(text: string): text is ResourceType {
  return Object.hasOwn(RESOURCE_TYPES, text);
}

/** The rules for ARNs of a type. */
export function rulesOf(type: ResourceType): ResourceTypeRules {
  return RESOURCE_TYPES[type];
}
