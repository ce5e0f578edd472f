import { quote, type Diagnostic, type Span } from "@imagewright/diagnostics";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { conform } from "./conform.js";
import type { JsonSchema } from "./json-schema.js";
import { describeNode, entryOf, isNull, toPlainWithNulls, type ScalarNode, type ValueNode } from "./nodes.js";
import { describeData, describeFault, faultsToTell, labelOf } from "./schema-faults.js";

export interface SchemaCheckOptions {
  /** What messages call the checked thing: `the inputs of CopyFile`. */
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
  if (validate(conform(toPlainWithNulls(node), schema))) return [];
  return faultsToTell(validate.errors).flatMap((fault) => {
    const path = pathOf(fault.instancePath);
    const place = descend(node, path);
    if (place.kind === "scalar" && options.unknown?.(place) === true) return [];
    const found = place.kind === "scalar" && !isNull(place) ? quote(place.text) : describeNode(place);
    return [{ ...describeFault(fault, labelOf(options.what, path), found), severity: "error", span: spanOf(fault, place) }];
  });
}

/**
 * The same check on plain data, for values that are known only at run time. Gives the data with the types that the schema asks for and
 * its defaults; a fault is a sentence that begins with `what` or the key.
 */
export function checkPlain(
  value: unknown,
  schema: JsonSchema,
  what = "the value",
): { readonly value: unknown; readonly faults: readonly string[] } {
  const conformed = conform(value, schema);
  const validate = validator(schema);
  if (validate(conformed)) return { value: conformed, faults: [] };
  const faults = faultsToTell(validate.errors).map(
    (fault) => describeFault(fault, labelOf(what, pathOf(fault.instancePath)), describeData(fault.data)).message,
  );
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

/** The steps of a JSON pointer. */
function pathOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The node at a path, or the last one on the way that exists. */
function descend(node: ValueNode, [step, ...rest]: readonly string[]): ValueNode {
  if (step === undefined) return node;
  const next = node.kind === "sequence" ? node.items[Number(step)] : entryOf(node, step)?.value;
  return next === undefined ? node : descend(next, rest);
}

/** The key that is unknown, not allowed as such or has no value; for a missing key, the first that is there; otherwise the value. */
function spanOf({ keyword, params, propertyName }: ErrorObject, place: ValueNode): Span {
  if (propertyName !== undefined) return entryOf(place, propertyName)?.key.span ?? place.span;
  if (keyword === "additionalProperties") return entryOf(place, String(params["additionalProperty"]))?.key.span ?? place.span;
  if (keyword !== "required") return place.span;
  const first = place.kind === "mapping" ? place.entries[0] : undefined;
  return (entryOf(place, String(params["missingProperty"])) ?? first)?.key.span ?? place.span;
}
