import type { JsonSchema } from "@imagewright/yaml-syntax";

const VERSION = {
  type: "string",
  pattern: "^\\d{1,10}\\.\\d{1,10}\\.\\d{1,10}$",
  patternDescription: 'a version of three whole numbers such as "1.0.0"',
};
const TEXT = { type: "string", minLength: 1 };
const TEXTS = { type: "array", items: { type: "string" } };
const NAMED_TEXTS = { type: "object", additionalProperties: { type: "string" } };

/** What the call CreateContainerRecipe has besides. Most of it is for the service alone. */
const ONLY_IN_REQUESTS = {
  containerType: { type: "string", enum: ["DOCKER"] },
  targetRepository: {
    type: "object",
    properties: { service: { type: "string", enum: ["ECR"] }, repositoryName: TEXT },
    required: ["service", "repositoryName"],
    additionalProperties: false,
  },
  dockerfileTemplateData: TEXT,
  dockerfileTemplateUri: TEXT,
  platformOverride: { type: "string", enum: ["Linux"] },
  imageOsVersionOverride: TEXT,
  instanceConfiguration: { type: "object" },
  kmsKeyId: TEXT,
  clientToken: TEXT,
  dryRun: { type: "boolean" },
};

/** What the answer of GetContainerRecipe has in addition. */
const ONLY_IN_ANSWERS = {
  platform: { type: "string", enum: ["Linux"] },
  version: VERSION,
  arn: TEXT,
  owner: TEXT,
  type: TEXT,
  dateCreated: TEXT,
  encrypted: { type: "boolean" },
};

/** The form of a recipe file. Limits are those of the service's API model. */
export const RECIPE_SCHEMA = {
  type: "object",
  properties: {
    name: {
      type: "string",
      pattern: "^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z0-9]$",
      patternDescription: '3 to 128 of the characters a-z, A-Z, 0-9, "-", "_" and blanks, with no blank at the ends',
    },
    semanticVersion: VERSION,
    description: { type: "string", minLength: 1, maxLength: 1024 },
    parentImage: TEXT,
    workingDirectory: { type: "string", pattern: "^/", patternDescription: "an absolute path" },
    components: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        properties: {
          document: TEXT,
          componentArn: { type: "string", pattern: "^arn:", patternDescription: 'the ARN of a component; a path stands under "document"' },
          semanticVersion: VERSION,
          parameters: {
            type: "array",
            items: {
              type: "object",
              properties: { name: TEXT, value: { type: ["string", "array"], items: { type: "string" }, minItems: 1, maxItems: 1 } },
              required: ["name", "value"],
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    },
    tags: NAMED_TEXTS,
    container: {
      type: "object",
      properties: {
        command: TEXTS,
        entrypoint: TEXTS,
        exposedPorts: { type: "array", items: { type: "integer", minimum: 1, maximum: 65535 } },
        environment: NAMED_TEXTS,
        labels: NAMED_TEXTS,
        user: TEXT,
        workingDirectory: { type: "string", pattern: "^/", patternDescription: "an absolute path" },
      },
      additionalProperties: false,
    },
    ...ONLY_IN_REQUESTS,
  },
  required: ["name", "parentImage", "components"],
  additionalProperties: false,
} satisfies JsonSchema;

/** The form of a recipe as the service answers it. */
export const RECIPE_ANSWER_SCHEMA: JsonSchema = {
  ...RECIPE_SCHEMA,
  properties: { ...RECIPE_SCHEMA.properties, ...ONLY_IN_ANSWERS },
};
