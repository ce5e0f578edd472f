import type { FileKind } from "../kind/file-kind.js";
import { apiName, API_KINDS, type ApiKind } from "../kind/api-kind.js";

interface ResourceType {
  readonly kind: ApiKind;
  /** The shape of the API's request that creates such a resource. */
  readonly request: string;
}

/** The CloudFormation types of resources that are read. */
export const TEMPLATE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  API_KINDS.map((kind) => [`AWS::ImageBuilder::${apiName(kind)}`, { kind, request: `Create${apiName(kind)}Request` }]),
);

/** The CloudFormation type of a kind; undefined if there is none. */
export function resourceTypeOf(kind: FileKind): string | undefined {
  return [...TEMPLATE_TYPES].find(([, type]) => type.kind === kind)?.[0];
}
