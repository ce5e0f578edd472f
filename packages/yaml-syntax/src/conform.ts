import type { JsonSchema } from "./json-schema.js";

/** A copy of plain data in which text has become the boolean or number that the schema asks for at its place, where it can be read as one. */
export function conform(value: unknown, schema: JsonSchema | undefined): unknown {
  if (schema === undefined) return value;
  if (typeof value === "string") return conformText(value, schema);
  if (Array.isArray(value)) return value.map((item) => conform(item, schema["items"] as JsonSchema | undefined));
  if (typeof value !== "object" || value === null) return value;
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, conform(item, Object.hasOwn(properties, key) ? properties[key] : undefined)]),
  );
}

function conformText(text: string, schema: JsonSchema): unknown {
  if (schema["type"] === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if ((schema["type"] === "integer" || schema["type"] === "number") && /^[-+]?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
