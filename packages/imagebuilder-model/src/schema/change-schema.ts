import type { JsonSchema } from "@imagewright/yaml-syntax";
import type { StructureSchema } from "./schema-of.js";

/** The schema without some of its members. A `RangeError` for a member that it does not have. */
export function without(schema: StructureSchema, members: readonly string[]): StructureSchema {
  assertMembers(schema, members);
  const properties = Object.entries(schema.properties).filter(([member]) => !members.includes(member));
  return { ...optional(schema, members), properties: Object.fromEntries(properties) };
}

/** The schema with some of its members no longer required. A `RangeError` for a member that it does not have. */
export function optional(schema: StructureSchema, members: readonly string[]): StructureSchema {
  assertMembers(schema, members);
  return { ...schema, required: schema.required.filter((member) => !members.includes(member)) };
}

/** The schema with more members, or with others instead of those of the same name; `required` names the ones that must be there. */
export function extending(
  schema: StructureSchema,
  members: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): StructureSchema {
  const extended = { ...schema, properties: { ...schema.properties, ...members } };
  assertMembers(extended, required);
  return { ...extended, required: [...new Set([...schema.required, ...required])] };
}

/** The schema with a changed structure below it. A `RangeError` where there is no structure of this name below it. */
export function withDefinition(
  schema: StructureSchema,
  name: string,
  change: (definition: StructureSchema) => StructureSchema,
): StructureSchema {
  const definition = schema.definitions?.[name];
  if (definition?.["properties"] === undefined) throw new RangeError(`the schema has no structure "${name}" below it`);
  return { ...schema, definitions: { ...schema.definitions, [name]: change(definition as StructureSchema) } };
}

function assertMembers(schema: StructureSchema, members: readonly string[]): void {
  const unknown = members.find((member) => !Object.hasOwn(schema.properties, member));
  if (unknown !== undefined) throw new RangeError(`the schema has no member "${unknown}"`);
}
