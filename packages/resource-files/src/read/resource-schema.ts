import { extending, isShapeName, optional, schemaOf, structureSchemaOf, type StructureSchema } from "@imagewright/imagebuilder-model";
import { apiName, memberName, type ApiKind } from "../kind/api-kind.js";

const schemas = new Map<string, StructureSchema>();

/**
 * The schema of a resource as the API takes or shows it: with an `arn` as `get-…` shows it, with the ARN of what it updates as the request
 * of Update…, otherwise as the request of Create…. A request needs no `clientToken`: the AWS command line makes one.
 */
export function resourceSchema(kind: ApiKind, value: unknown): StructureSchema {
  const name = apiName(kind);
  const update = `Update${name}Request`;
  const isUpdate = isShapeName(update) && hasMember(value, `${memberName(kind)}Arn`);
  const shape = hasMember(value, "arn") ? name : isUpdate ? update : `Create${name}Request`;
  let schema = schemas.get(shape);
  if (schema === undefined) schemas.set(shape, (schema = createSchema(shape)));
  return schema;
}

function createSchema(shape: string): StructureSchema {
  if (!isShapeName(shape)) throw new TypeError(`the model has no shape ${shape}`);
  const schema = structureSchemaOf(shape);
  if ("clientToken" in schema.properties) return optional(schema, ["clientToken"]);
  // an answer has empty tags where there are none
  return "tags" in schema.properties ? extending(schema, { tags: { ...schemaOf("TagMap"), minProperties: 0 } }) : schema;
}

function hasMember(value: unknown, name: string): boolean {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return false;
  return ((value as Readonly<Record<string, unknown>>)[name] ?? undefined) !== undefined;
}
