import type { JsonSchema } from "./json-schema.js";

/**
 * A copy of plain data in which text has become the boolean or number that the schema asks for at its place, where it can be read as one.
 * References to the schema's own `definitions` are followed.
 */
export function conform(value: unknown, schema: JsonSchema | undefined, root = schema): unknown {
  if (typeof schema?.["$ref"] === "string") return conform(value, definitionOf(schema["$ref"], root), root);
  if (schema === undefined) return value;
  if (typeof value === "string") return conformText(value, schema);
  if (Array.isArray(value)) return value.map((item) => conform(item, schema["items"] as JsonSchema | undefined, root));
  if (typeof value !== "object" || value === null) return value;
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const others = typeof schema["additionalProperties"] === "object" ? (schema["additionalProperties"] as JsonSchema) : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, conform(item, Object.hasOwn(properties, key) ? properties[key] : others, root)]),
  );
}

function definitionOf(reference: string, root: JsonSchema | undefined): JsonSchema | undefined {
  const definitions = (root?.["definitions"] ?? {}) as Record<string, JsonSchema>;
  return definitions[reference.replace("#/definitions/", "")];
}

function conformText(text: string, schema: JsonSchema): unknown {
  if (schema["type"] === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if ((schema["type"] === "integer" || schema["type"] === "number") && /^[-+]?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
