import type { JsonSchema } from "@imagewright/yaml-syntax";

// the parts that are {} are read by the functions of this folder, since they may be one value or a list

export const VERSION_WITH_VARIABLES = "2012-10-17";

export const accessPolicySchema: JsonSchema = {
  type: "object",
  required: ["Statement"],
  additionalProperties: false,
  properties: {
    Version: { type: "string", enum: [VERSION_WITH_VARIABLES, "2008-10-17"] },
    Id: { type: "string", minLength: 1, maxLength: 128 },
    Statement: {},
  },
};

export const statementSchema: JsonSchema = {
  type: "object",
  required: ["Effect"],
  additionalProperties: false,
  properties: {
    Sid: { type: "string", maxLength: 100, pattern: "^[A-Za-z0-9 ._-]*$", patternDescription: 'letters, digits, spaces and "._-"' },
    Effect: { type: "string", enum: ["Allow", "Deny"] },
    Principal: {},
    NotPrincipal: {},
    Action: {},
    NotAction: {},
    Resource: {},
    NotResource: {},
    Condition: {},
  },
};
