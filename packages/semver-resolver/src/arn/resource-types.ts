/** What an ARN of a type may say after the name. */
type Levels = "builds" | "versions" | "names";

interface TypeRules {
  /** As a message says it, with its article. */
  readonly described: string;
  readonly levels: Levels;
  /** Types with builds may belong to AWS, to its marketplace or to another part of it; the others to AWS or an account. */
  readonly anyAwsOwner: boolean;
  /** Newer types name partition and region in full; the older ones take anything that begins with `aws`, in any region. */
  readonly strictPlace: boolean;
}

const built = { levels: "builds", anyAwsOwner: true } as const;
const recipe = { levels: "versions", anyAwsOwner: false, strictPlace: false } as const;
const settings = { levels: "names", anyAwsOwner: false, strictPlace: false } as const;

/** The types of resources and what their ARNs look like. Source: API model, the patterns of the shapes `…Arn`. */
export const RESOURCE_TYPES = {
  component: { described: "a component", ...built, strictPlace: false },
  image: { described: "an image", ...built, strictPlace: false },
  "workflow/build": { described: "a workflow", ...built, strictPlace: true },
  "workflow/test": { described: "a workflow", ...built, strictPlace: true },
  "workflow/distribution": { described: "a workflow", ...built, strictPlace: true },
  "image-recipe": { described: "an image recipe", ...recipe },
  "container-recipe": { described: "a container recipe", ...recipe },
  "image-pipeline": { described: "an image pipeline", ...settings },
  "infrastructure-configuration": { described: "an infrastructure configuration", ...settings },
  "distribution-configuration": { described: "a distribution configuration", ...settings },
  "lifecycle-policy": { described: "a lifecycle policy", ...settings, strictPlace: true },
} as const satisfies Record<string, TypeRules>;

export type ResourceType = keyof typeof RESOURCE_TYPES;

export function isResourceType(text: string): text is ResourceType {
  return Object.hasOwn(RESOURCE_TYPES, text);
}

export function rulesOf(type: ResourceType): TypeRules {
  return RESOURCE_TYPES[type];
}
