import type { JsonSchema } from "@imagewright/yaml-syntax";
import type { StructureSchema } from "./schema-of.js";

/** The schema without some of its members. Throws a RangeError for a member that it does not have. */
export function without(schema: StructureSchema, members: readonly string[]): StructureSchema {
  assertMembers(schema, members);
  const properties = Object.entries(schema.properties).filter(([member]) => !members.includes(member));
  return { ...optional(schema, members), properties: Object.fromEntries(properties) };
}

/** The schema with some of its members optional. Throws a RangeError for a member that it does not have. */
export function optional(schema: StructureSchema, members: readonly string[]): StructureSchema {
  assertMembers(schema, members);
  return { ...schema, required: schema.required.filter((member) => !members.includes(member)) };
}

/** The schema with members added or replaced; `required` lists further required members. Throws a RangeError for an unknown one. */
export function extending(
  schema: StructureSchema,
  members: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): StructureSchema {
  const extended = { ...schema, properties: { ...schema.properties, ...members } };
  assertMembers(extended, required);
  return { ...extended, required: [...new Set([...schema.required, ...required])] };
}

/** The schema with one of its definitions changed. Throws a RangeError if it has no structure of this name. */
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
