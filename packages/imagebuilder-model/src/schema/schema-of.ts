import type { JsonSchema } from "@imagewright/yaml-syntax";
import { shapeOf, type ShapeName } from "../shapes/shape-table.js";
import type { MapShape, StructureShape } from "../shapes/shape.js";
import { schemaOfScalar } from "./scalar-schema.js";

/** The schema of a structure: its members and no others. */
// a type alias, because an interface is not assignable to JsonSchema
export type StructureSchema = {
  readonly type: "object";
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
  /** The schemas of the shapes below it, by their names; they are referred to as `#/definitions/<name>`. */
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
};

const schemas = new Map<ShapeName, JsonSchema>();

/**
 * The JSON Schema (draft 07) of a shape for `checkSchema` of yaml-syntax: required members, limits, values, and patterns translated to
 * JavaScript with a description (`patternDescription`). Members that the model does not have are rejected. Structures, maps, enums and
 * patterns below it are in `definitions`. Each call returns the same object, so that it is compiled once; do not modify it (`without`,
 * `optional`, `extending` and `withDefinition` make changed copies).
 *
 * A timestamp may be seconds since 1970, as on the wire, or a date as the AWS command line prints it. Source: API model.
 */
export function schemaOf(name: ShapeName): JsonSchema {
  let schema = schemas.get(name);
  if (schema === undefined) schemas.set(name, (schema = createSchema(name)));
  return schema;
}

/** The schema of a structure. Throws a TypeError for other shapes. */
export function structureSchemaOf(name: ShapeName): StructureSchema {
  const schema = schemaOf(name);
  if (schema["properties"] === undefined) throw new TypeError(`the shape ${name} is not a structure`);
  return schema as StructureSchema;
}

function createSchema(name: ShapeName): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const schema = schemaOfShape(name, definitions);
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? schema : { ...schema, definitions: Object.fromEntries(sorted) };
}

function schemaOfShape(name: ShapeName, definitions: Map<string, JsonSchema>): JsonSchema {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure":
      return schemaOfStructure(shape, definitions);
    case "list":
      return { type: "array", items: referTo(shape.member, definitions), ...limits(shape, "minItems", "maxItems") };
    case "map":
      return schemaOfMap(shape, definitions);
    default:
      return schemaOfScalar(name, shape);
  }
}

function schemaOfStructure({ members, required = [] }: StructureShape, definitions: Map<string, JsonSchema>): JsonSchema {
  const properties = Object.entries(members).map(([member, shape]) => [member, referTo(shape, definitions)] as const);
  return { type: "object", properties: Object.fromEntries(properties), required: [...required], additionalProperties: false };
}

function schemaOfMap(shape: MapShape, definitions: Map<string, JsonSchema>): JsonSchema {
  const [keys, values] = [referTo(shape.key, definitions), referTo(shape.value, definitions)];
  return { type: "object", propertyNames: keys, additionalProperties: values, ...limits(shape, "minProperties", "maxProperties") };
}

/** A reference to a definition; the schemas of lists, and of scalars with neither pattern nor values, are inlined. */
function referTo(name: ShapeName, definitions: Map<string, JsonSchema>): JsonSchema {
  const { type, ...facts } = shapeOf(name);
  const isDefinition = type === "structure" || type === "map" || "pattern" in facts || "enum" in facts;
  if (!isDefinition) return schemaOfShape(name, definitions);
  if (!definitions.has(name)) {
    definitions.set(name, {}); // so that a recursive shape terminates
    definitions.set(name, schemaOfShape(name, definitions));
  }
  return { $ref: `#/definitions/${name}` };
}

function limits({ min, max }: { readonly min?: number; readonly max?: number }, least: string, most: string): JsonSchema {
  return { ...(min === undefined ? {} : { [least]: min }), ...(max === undefined ? {} : { [most]: max }) };
}
