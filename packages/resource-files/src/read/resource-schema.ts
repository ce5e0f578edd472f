import { nearest } from "@imagewright/diagnostics";
import { extending, isShapeName, optional, schemaOf, structureSchemaOf, type StructureSchema } from "@imagewright/imagebuilder-model";
import { apiName, memberName, type ApiKind } from "../kind/api-kind.js";

const schemas = new Map<string, StructureSchema>();

/** What a resource is written as: the request of Create… or Update…, or the answer of `get-…`. */
export type ResourceForm = "create" | "update" | "answer";

/** The form of a resource: with an `arn` an answer, with the ARN of what it updates an update, also where that key is misspelled. */
export function formOfResource(kind: ApiKind, value: unknown): ResourceForm {
  if (hasMember(value, "arn")) return "answer";
  const [arn, update] = [`${memberName(kind)}Arn`, `Update${apiName(kind)}Request`];
  if (!isShapeName(update)) return "create";
  if (hasMember(value, arn)) return "update";
  const known = Object.keys(schemaOfShape(`Create${apiName(kind)}Request`).properties);
  const isMisspelled = keysOf(value).some((key) => !known.includes(key) && nearest(key, [...known, arn]) === arn);
  return isMisspelled && !hasMember(value, "name") ? "update" : "create";
}

/** The schema of a resource in the form that it has. A request needs no `clientToken`: the AWS command line makes one. */
export function resourceSchema(kind: ApiKind, value: unknown): StructureSchema {
  const name = apiName(kind);
  return schemaOfShape({ create: `Create${name}Request`, update: `Update${name}Request`, answer: name }[formOfResource(kind, value)]);
}

function schemaOfShape(shape: string): StructureSchema {
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

function keysOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function hasMember(value: unknown, name: string): boolean {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return false;
  return ((value as Readonly<Record<string, unknown>>)[name] ?? undefined) !== undefined;
}
