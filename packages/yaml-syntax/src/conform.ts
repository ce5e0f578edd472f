import type { JsonSchema } from "./json-schema.js";

/**
 * A copy of plain data in which a text is a boolean or number where the schema requires one and the text can be read as one. Follows
 * references to the schema's own `definitions`.
 */
export function conform(value: unknown, schema: JsonSchema | undefined, root = schema): unknown {
  if (schema === undefined) return value;
  const resolved = resolve(schema, root);
  if (typeof value === "string") return conformText(value, resolved);
  if (Array.isArray(value)) return value.map((item) => conform(item, resolved?.["items"] as JsonSchema | undefined, root));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, conform(item, schemaOfMember(resolved, key), root)]));
}

/**
 * The data with undefined in place of null, which tools print for members that are not set; a schema treats undefined as absent. A null
 * that the schema allows stays, and so does everything that it does not describe. Only what changes is copied.
 */
export function withoutNulls(value: unknown, schema: JsonSchema | undefined, root = schema): unknown {
  if (schema === undefined || typeof value !== "object") return value;
  const resolved = resolve(schema, root);
  if (value === null) return [resolved?.["type"]].flat().includes("null") ? null : undefined;
  if (Array.isArray(value)) return changedItems(value, (item) => withoutNulls(item, resolved?.["items"] as JsonSchema | undefined, root));
  let changed: [string, unknown][] | undefined;
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof member !== "object") continue;
    const without =
      member === null && schemaOfMember(resolved, key) === undefined
        ? undefined
        : withoutNulls(member, schemaOfMember(resolved, key), root);
    if (without !== member) (changed ??= []).push([key, without]);
  }
  // fromEntries makes own properties, also of a key called __proto__
  return changed === undefined ? value : Object.fromEntries([...Object.entries(value), ...changed]);
}

function changedItems(items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let at = 0; at < items.length; at++) {
    const item = change(items[at]);
    if (item !== items[at]) (changed ??= [...items])[at] = item;
  }
  return changed ?? items;
}

function resolve(schema: JsonSchema, root: JsonSchema | undefined): JsonSchema | undefined {
  const reference: unknown = schema["$ref"];
  if (typeof reference !== "string") return schema;
  const definitions = (root?.["definitions"] ?? {}) as Record<string, JsonSchema>;
  return definitions[reference.replace("#/definitions/", "")];
}

function schemaOfMember(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const properties = (schema?.["properties"] ?? {}) as Record<string, JsonSchema>;
  if (Object.hasOwn(properties, key)) return properties[key];
  const others: unknown = schema?.["additionalProperties"];
  return typeof others === "object" ? (others as JsonSchema) : undefined;
}

function conformText(text: string, schema: JsonSchema | undefined): unknown {
  if (schema?.["type"] === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if ((schema?.["type"] === "integer" || schema?.["type"] === "number") && /^[-+]?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
