import { listOf, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from "ajv";
import { describeNode, isNull, toPlain, type ScalarNode, type ValueNode } from "./nodes.js";

/** A JSON Schema (draft 07). */
export type JsonSchema = AnySchemaObject;

export interface SchemaCheckOptions {
  /** What messages call the checked thing: `inputs of CopyFile`. */
  readonly what: string;
  /** Scalars whose value is not known yet, such as references; nothing is said about them. */
  readonly unknown?: (node: ScalarNode) => boolean;
}

/**
 * Checks a node against a JSON Schema and reports each fault at the node that has it: unknown keys, missing keys, wrong types,
 * values that are not allowed. Scalars count as whatever type the schema asks for if their text can be read as it.
 */
export function checkSchema(node: ValueNode, schema: JsonSchema, options: SchemaCheckOptions): Diagnostic[] {
  const validate = validator(schema);
  if (validate(conform(toPlain(node), schema))) return [];
  return (validate.errors ?? []).flatMap((fault) => {
    const place = descend(node, fault.instancePath);
    if (place.kind === "scalar" && options.unknown?.(place) === true) return [];
    const diagnostic = toDiagnostic(fault, place, options.what);
    return diagnostic === undefined ? [] : [diagnostic];
  });
}

/** The same check on plain data, for values that are known only at run time; faults are sentences that name the path. */
export function checkPlain(value: unknown, schema: JsonSchema): { readonly value: unknown; readonly faults: readonly string[] } {
  const conformed = conform(value, schema);
  const validate = validator(schema);
  if (validate(conformed)) return { value: conformed, faults: [] };
  const faults = (validate.errors ?? []).map((fault) => `${fault.instancePath.slice(1).replaceAll("/", ".") || "the value"} ${fault.message ?? "is not valid"}`);
  return { value: conformed, faults };
}

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, useDefaults: true });
ajv.addVocabulary(["patternDescription"]);
const validators = new WeakMap<JsonSchema, ValidateFunction>();

function validator(schema: JsonSchema): ValidateFunction {
  let compiled = validators.get(schema);
  if (compiled === undefined) validators.set(schema, (compiled = ajv.compile(schema)));
  return compiled;
}

/** Turns the text of scalars into the boolean or number that the schema asks for at their place. */
function conform(value: unknown, schema: JsonSchema | undefined): unknown {
  if (schema === undefined) return value;
  if (typeof value === "string") return conformText(value, schema);
  if (Array.isArray(value)) return value.map((item) => conform(item, schema["items"] as JsonSchema | undefined));
  if (typeof value !== "object" || value === null) return value;
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, conform(item, Object.hasOwn(properties, key) ? properties[key] : undefined)]));
}

function conformText(text: string, schema: JsonSchema): unknown {
  if (schema["type"] === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if ((schema["type"] === "integer" || schema["type"] === "number") && /^[-+]?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

/** The node at a JSON pointer, or the last one on the way that exists. */
function descend(node: ValueNode, pointer: string): ValueNode {
  let current = node;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const next: ValueNode | undefined =
      current.kind === "sequence" ? current.items[Number(name)] : current.kind === "mapping" ? current.entries.find((entry) => entry.key.text === name)?.value : undefined;
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function toDiagnostic(fault: ErrorObject, node: ValueNode, what: string): Diagnostic | undefined {
  const name = fault.instancePath.split("/").at(-1) ?? "";
  const label = name === "" || /^\d+$/.test(name) ? what : quote(name);
  const error = (code: string, message: string, span = node.span): Diagnostic => ({ code, severity: "error", message, span });
  switch (fault.keyword) {
    case "additionalProperties": {
      const found = String(fault.params["additionalProperty"]);
      const key = node.kind === "mapping" ? node.entries.find((entry) => entry.key.text === found)?.key : undefined;
      const allowed = Object.keys((fault.parentSchema?.["properties"] ?? {}) as object);
      return error("unknown-key", `${unknownName("key", found, allowed)} in ${what}`.replace(/\? in (.*)$/, "? (in $1)"), key?.span);
    }
    case "required": {
      const missing = String(fault.params["missingProperty"]);
      return error("missing-key", `${what} must have ${quote(missing)}`, startOf(node));
    }
    case "type": {
      const expected = TYPE_NAMES[String(fault.params["type"])] ?? String(fault.params["type"]);
      return error("wrong-type", `${label} must be ${expected}; found ${found(node)}`);
    }
    case "enum":
      return error("value-not-allowed", `${label} must be ${listOf((fault.params["allowedValues"] as unknown[]).map(String))}; found ${found(node)}`);
    case "minItems":
    case "minLength":
      return error("value-empty", `${label} must not be empty`);
    case "oneOf":
    case "anyOf":
    case "not":
    case "if":
      return undefined; // the branches say more
    default:
      return error("value-not-allowed", `${label} ${describeLimit(fault)}; found ${found(node)}`);
  }
}

function describeLimit(fault: ErrorObject): string {
  const described = (fault.parentSchema as { patternDescription?: string } | undefined)?.patternDescription;
  return described === undefined ? (fault.message ?? "is not valid") : `must be ${described}`;
}

const TYPE_NAMES: Record<string, string> = {
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "a mapping",
};

function found(node: ValueNode): string {
  return node.kind === "scalar" && !isNull(node) ? quote(node.text) : describeNode(node);
}

function startOf(node: ValueNode) {
  const first = node.kind === "mapping" ? node.entries[0]?.key.span : undefined;
  return first ?? node.span;
}
