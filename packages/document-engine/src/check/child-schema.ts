import type { JsonSchema } from "@imagewright/yaml-syntax";

/** The schema of what stands under a key or at an index; undefined where the schema says nothing of it. */
export function childSchema(schema: JsonSchema | undefined, key: string | number): JsonSchema | undefined {
  if (typeof key === "number") return schema?.["items"] as JsonSchema | undefined;
  const properties = (schema?.["properties"] ?? {}) as Record<string, JsonSchema>;
  const others: unknown = schema?.["additionalProperties"];
  return Object.hasOwn(properties, key) ? properties[key] : typeof others === "object" ? (others as JsonSchema) : undefined;
}
