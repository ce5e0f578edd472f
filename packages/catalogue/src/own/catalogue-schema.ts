import { schemaOf, type Api } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";

/** What `catalogue.yaml` has for each document. */
interface WrittenEntry {
  readonly name: string;
  readonly semanticVersion: string;
  readonly description?: string;
  /** The path of the document, from the folder of the catalogue. */
  readonly document: string;
}

export interface WrittenComponent extends WrittenEntry {
  readonly platform: Api.Platform;
  readonly supportedOsVersions?: readonly string[];
}

export interface WrittenWorkflow extends WrittenEntry {
  readonly type: Api.WorkflowType;
}

/** `catalogue.yaml`. */
export interface WrittenCatalogue {
  readonly components?: readonly WrittenComponent[];
  readonly workflows?: readonly WrittenWorkflow[];
}

/** More would slow down each start. */
const MOST_ENTRIES = 200;

const COMMON = {
  name: schemaOf("ResourceName"),
  semanticVersion: schemaOf("VersionNumber"),
  description: schemaOf("NonEmptyString"),
  document: { type: "string", minLength: 1, maxLength: 1024 },
};

/** Members as in the requests that create such resources. */
export const CATALOGUE_SCHEMA: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    components: entriesWith({ platform: schemaOf("Platform"), supportedOsVersions: schemaOf("OsVersionList") }, ["platform"]),
    workflows: entriesWith({ type: schemaOf("WorkflowType") }, ["type"]),
  },
};

function entriesWith(own: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  const items = {
    type: "object",
    additionalProperties: false,
    required: ["name", "semanticVersion", "document", ...required],
    properties: { ...COMMON, ...own },
  };
  return { type: "array", maxItems: MOST_ENTRIES, items };
}
