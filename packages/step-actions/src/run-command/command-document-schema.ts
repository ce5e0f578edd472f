import type { JsonSchema } from "@imagewright/yaml-syntax";
import { members, TEXT, TEXTS } from "../common-parts.js";
import { COMMAND_ACTIONS } from "./command-document.js";

const SCALAR = { type: ["string", "number", "boolean"] };

const PARAMETER = members(
  {
    type: { type: "string", enum: ["String", "StringList", "Integer", "Boolean"] },
    ...{ description: { type: "string" }, displayType: { type: "string" } },
    default: { anyOf: [SCALAR, TEXTS] },
    allowedValues: { type: "array", items: SCALAR, minItems: 1 },
    allowedPattern: TEXT,
  },
  "type",
);

const INPUTS = members(
  {
    runCommand: { anyOf: [TEXT, { ...TEXTS, minItems: 1 }] },
    workingDirectory: { type: "string" },
    timeoutSeconds: { type: ["string", "integer"] },
  },
  "runCommand",
);

const STEP = members(
  {
    action: { type: "string", enum: [...COMMAND_ACTIONS] },
    name: TEXT,
    precondition: members({ StringEquals: { ...TEXTS, minItems: 2, maxItems: 2 } }, "StringEquals"),
    inputs: INPUTS,
  },
  ...["action", "name", "inputs"],
);

/** Command documents that RunCommand can run: schema version 2.2, with scripts. */
export const COMMAND_DOCUMENT_SCHEMA: JsonSchema = members(
  {
    schemaVersion: { type: "string", enum: ["2.2"] },
    description: { type: "string" },
    parameters: { type: "object", additionalProperties: PARAMETER },
    mainSteps: { type: "array", items: STEP, minItems: 1 },
  },
  ...["schemaVersion", "mainSteps"],
);
