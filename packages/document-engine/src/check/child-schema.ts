import type { JsonSchema } from "@imagewright/yaml-syntax";

/** The schema for a key or an index; undefined if there is none. */
export function childSchema(schema: JsonSchema | undefined, key: string | number): JsonSchema | undefined {
  if (typeof key === "number") return schema?.["items"] as JsonSchema | undefined;
  const properties = (schema?.["properties"] ?? {}) as Record<string, JsonSchema>;
  const others: unknown = schema?.["additionalProperties"];
  return Object.hasOwn(properties, key) ? properties[key] : typeof others === "object" ? (others as JsonSchema) : undefined;
}
