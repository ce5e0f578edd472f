import type { JsonSchema, ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { quote } from "@imagewright/diagnostics";
import type { WorkflowValueType } from "../actions/value-type.js";
import type { ExpectedValue } from "../references/check-text.js";

/** A scalar of the inputs, and what its place takes by the schema. */
export interface InputScalar {
  readonly scalar: ScalarNode;
  readonly expected: ExpectedValue;
  /** The key of the input itself; undefined for what is below it. */
  readonly input: string | undefined;
}

/** All scalars of the inputs of a step. */
export function* inputScalars(node: ValueNode, schema: JsonSchema, path: readonly string[] = []): Generator<InputScalar> {
  if (node.kind === "scalar") {
    const label =
      path.length === 0 ? "the value" : path.at(-1) === "[]" ? `each item of ${quote(path.at(-2) ?? "")}` : quote(path.at(-1) ?? "");
    yield { scalar: node, expected: { label, type: typeOfSchema(schema) }, input: path.length === 1 ? path[0] : undefined };
  } else if (node.kind === "sequence") {
    for (const item of node.items) yield* inputScalars(item, schemaBelow(schema, "items"), [...path, "[]"]);
  } else {
    for (const { key, value } of node.entries) yield* inputScalars(value, memberSchema(schema, key.text), [...path, key.text]);
  }
}

function memberSchema(schema: JsonSchema, key: string): JsonSchema {
  const properties = schemaBelow(schema, "properties");
  return Object.hasOwn(properties, key) ? schemaBelow(properties, key) : schemaBelow(schema, "additionalProperties");
}

function schemaBelow(schema: JsonSchema, key: string): JsonSchema {
  const below: unknown = schema[key];
  return typeof below === "object" && below !== null ? below : {};
}

const SCALARS: readonly unknown[] = ["string", "integer", "boolean", "object"] satisfies WorkflowValueType[];

function typeOfSchema(schema: JsonSchema): WorkflowValueType {
  const type: unknown = schema["type"];
  if (type === "array") return schemaBelow(schema, "items")["type"] === "string" ? "stringList" : "list";
  return SCALARS.includes(type) ? (type as WorkflowValueType) : "any";
}
