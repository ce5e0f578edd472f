import type { JsonSchema } from "@imagewright/yaml-syntax";

const text = { type: "string" };
const texts = { type: "object", additionalProperties: text };

/** Of a SavedRun. The settings belong to the calling program, which checks them. */
export const SAVED_RUN_SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    executionId: text,
    documents: {
      type: "array",
      items: {
        type: "object",
        properties: { location: text, text, variables: texts },
        required: ["location", "text", "variables"],
        additionalProperties: false,
      },
    },
    phases: { type: "array", items: text },
    logFolder: text,
    workingDirectory: text,
    environment: texts,
    settings: {},
  },
  required: ["executionId", "documents", "logFolder", "workingDirectory", "environment"],
  additionalProperties: false,
};

/** Of the record that a run waits for a restart: the key of its request. */
export const RESTART_SCHEMA: JsonSchema = {
  type: "object",
  properties: { request: text },
  required: ["request"],
  additionalProperties: false,
};

/** Of an Owner. */
export const OWNER_SCHEMA: JsonSchema = {
  type: "object",
  properties: { pid: { type: "integer" }, startTime: text, holder: text, temporaryDirectory: text },
  required: ["pid", "startTime", "holder", "temporaryDirectory"],
  additionalProperties: false,
};
