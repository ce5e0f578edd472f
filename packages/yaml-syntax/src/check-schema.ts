import { quote, type Diagnostic } from "@imagewright/diagnostics";
import { conform } from "./conform.js";
import type { JsonSchema } from "./json-schema.js";
import { describeNode, isNull, isUnread, lacksUnread, nodeAt, spanAt, toPlainWithNulls, type ScalarNode, type ValueNode } from "./nodes.js";
import { describeData, describeFault, labelOf } from "./schema-faults.js";
import { faultsOf, placeOfFault, pointerSteps } from "./validator.js";

export interface SchemaCheckOptions {
  /** The name of the checked value in messages: `the inputs of CopyFile`. */
  readonly what: string;
  /** Whether the value of a scalar is not known yet, as that of a reference; it is not checked then. */
  readonly unknown?: (node: ScalarNode) => boolean;
}

/**
 * Checks a node against a JSON Schema and reports each fault at the node that has it: unknown keys, missing keys, wrong types,
 * values that are not allowed. Scalars count as whatever type the schema asks for if their text can be read as it.
 */
export function checkSchema(node: ValueNode, schema: JsonSchema, options: SchemaCheckOptions): Diagnostic[] {
  return faultsOf(conform(toPlainWithNulls(node), schema), schema).flatMap((fault) => {
    const path = pointerSteps(fault.instancePath);
    const value = nodeAt(node, path);
    const place = placeOfFault(fault);
    const isMissing = fault.keyword === "required" && lacksUnread(value, String(place.path.at(-1)));
    if (isMissing || isUnread(value) || (value.kind === "scalar" && options.unknown?.(value) === true)) return [];
    const found = value.kind === "scalar" && !isNull(value) ? quote(value.text) : describeNode(value);
    return [
      {
        ...describeFault(fault, { label: labelOf(options.what, path), found, isYaml: true }),
        severity: "error",
        span: spanAt(node, place.path, place.part),
      },
    ];
  });
}

/**
 * The same check on plain data, for values that are known only at run time. Returns the data with the types that the schema asks for and
 * its defaults; a fault is a sentence that begins with `what` or the key.
 */
export function checkPlain(
  value: unknown,
  schema: JsonSchema,
  what = "the value",
): { readonly value: unknown; readonly faults: readonly string[] } {
  const conformed = conform(value, schema);
  const faults = faultsOf(conformed, schema).map(
    (fault) =>
      describeFault(fault, { label: labelOf(what, pointerSteps(fault.instancePath)), found: describeData(fault.data), isYaml: true })
        .message,
  );
  return { value: conformed, faults };
}
