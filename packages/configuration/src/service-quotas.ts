import type { JsonSchema } from "@imagewright/yaml-syntax";

/** What an account may have in a Region of `ib serve`, and what clients may ask. One that is left out is the default, or not limited. */
export interface ServiceQuotas {
  /** The number of resources by kind. */
  readonly resources?: Readonly<Partial<Record<(typeof RESOURCE_KINDS)[number], number>>>;
  readonly componentsOfRecipe?: number;
  readonly componentDocumentBytes?: number;
  readonly workflowDocumentBytes?: number;
  /** Of an access key, on average and at once. */
  readonly callsPerSecond?: number;
  readonly callsAtOnce?: number;
  /** The images of an account that are built at the same time, on all servers; further ones wait. */
  readonly imagesAtOnce?: number;
  /** The images that a server builds at the same time. */
  readonly imagesAtOnceOfServer?: number;
}

const RESOURCE_KINDS = [
  ...(["component", "image", "workflow", "image-recipe", "container-recipe", "image-pipeline", "lifecycle-policy"] as const),
  ...(["infrastructure-configuration", "distribution-configuration"] as const),
] as const;

const COUNT: JsonSchema = { type: "integer", minimum: 1 };
const counts = (names: readonly string[]): JsonSchema => Object.fromEntries(names.map((name) => [name, COUNT]));

/** The form of quotas in the configuration file. */
export const SERVICE_QUOTAS: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    resources: { type: "object", additionalProperties: false, properties: counts(RESOURCE_KINDS) },
    ...counts(["componentsOfRecipe", "componentDocumentBytes", "workflowDocumentBytes", "callsPerSecond", "callsAtOnce"]),
    ...counts(["imagesAtOnce", "imagesAtOnceOfServer"]),
  },
};
