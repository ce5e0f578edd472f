import type { JsonSchema } from "@imagewright/yaml-syntax";

const VERSION = {
  type: "string",
  pattern: "^\\d{1,10}\\.\\d{1,10}\\.\\d{1,10}$",
  patternDescription: 'a version of three whole numbers such as "1.0.0"',
};
const TEXT = { type: "string", minLength: 1 };
const TEXTS = { type: "array", items: { type: "string" } };
const NAMED_TEXTS = { type: "object", additionalProperties: { type: "string" } };

/** The form of a recipe file. Limits are those of the service's API model. */
export const RECIPE_SCHEMA: JsonSchema = {
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
        required: ["document"],
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
        user: TEXT,
      },
      additionalProperties: false,
    },
  },
  required: ["name", "semanticVersion", "parentImage", "components"],
  additionalProperties: false,
};
