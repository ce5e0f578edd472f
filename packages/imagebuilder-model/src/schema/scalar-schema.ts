import type { JsonSchema } from "@imagewright/yaml-syntax";
import type { NumberShape, PlainShape, StringShape } from "../shapes/shape.js";
import { toJsPattern, wordsOfChoice } from "./js-pattern.js";
import { PATTERN_DESCRIPTIONS } from "./pattern-descriptions.js";

// YAML scalars are texts, so seconds may be too
const TIMESTAMP = "^(?:\\d+(?:\\.\\d+)?|\\d{4}-\\d\\d-\\d\\d(?:[Tt ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:[Zz]|[+-]\\d\\d:?\\d\\d)?)?)$";

/** The schema of a text, number, truth value or time. Lengths count characters (code points), as the service does. */
export function schemaOfScalar(name: string, shape: StringShape | NumberShape | PlainShape): JsonSchema {
  switch (shape.type) {
    case "boolean":
      return { type: "boolean" };
    case "timestamp":
      return {
        type: ["number", "string"],
        pattern: TIMESTAMP,
        patternDescription: 'seconds since 1970 or a time such as "2026-01-31T12:00:00Z"',
      };
    case "integer":
    case "long":
      return { type: "integer", ...range(shape) };
    case "double":
      return { type: "number", ...range(shape) };
    case "string":
      return schemaOfText(name, shape);
  }
}

function schemaOfText(name: string, { min, max, pattern, enum: values }: StringShape): JsonSchema {
  const words = values ?? (pattern === undefined ? undefined : wordsOfChoice(pattern));
  if (words !== undefined) return { type: "string", enum: [...words] };
  const description = PATTERN_DESCRIPTIONS[name];
  return {
    type: "string",
    ...(min === undefined ? {} : { minLength: min }),
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern: toJsPattern(pattern) }),
    ...(description === undefined ? {} : { patternDescription: description }),
  };
}

function range({ min, max }: NumberShape): JsonSchema {
  return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
}
