import { quote } from "@imagewright/diagnostics";
import type { JsonSchema, ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { Known, KnownValues } from "../references/known-values.js";
import { referencesIn } from "../references/template.js";
import { childSchema } from "./child-schema.js";

/** A scalar whose references lead to another kind of value than the schema requires. */
export interface KindFault {
  readonly scalar: ScalarNode;
  readonly message: string;
}

const WANTED: Readonly<Record<string, string>> = {
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  array: "a list",
  object: "a mapping",
};

/**
 * Finds the references of an item that lead to a list where the schema requires a text, to a text where it requires a list, and the like.
 * `spend` says whether a value of so many characters may still be inspected.
 */
export function kindFaults(item: ValueNode, schema: JsonSchema, values: KnownValues, spend: (characters: number) => boolean): KindFault[] {
  const finder = new KindFaults(values, spend);
  finder.visit(item, schema, "the value", undefined);
  return finder.found;
}

class KindFaults {
  readonly found: KindFault[] = [];

  constructor(
    private readonly values: KnownValues,
    private readonly spend: (characters: number) => boolean,
  ) {}

  /** `from` is the scalar with the reference, if the node is its target. */
  visit(node: ValueNode, schema: JsonSchema | undefined, label: string, from: ScalarNode | undefined): void {
    if (schema === undefined) return;
    if (node.kind === "scalar") this.#visitScalar(node, schema, label, from);
    else if (node.kind === "sequence")
      for (const [index, item] of node.items.entries()) this.visit(item, childSchema(schema, index), `each item of ${label}`, from);
    else for (const { key, value } of node.entries) this.visit(value, childSchema(schema, key.text), quote(key.text), from);
  }

  #visitScalar(scalar: ScalarNode, schema: JsonSchema, label: string, from: ScalarNode | undefined): void {
    const place = from ?? (referencesIn(scalar) === undefined ? undefined : scalar);
    if (place === undefined) return; // literal values are left to the schema check
    const known = this.values.of(scalar, "any iteration");
    const wanted = String(schema["type"]);
    if (!fits(known, wanted))
      this.found.push({ scalar: place, message: `${label} must be ${WANTED[wanted] ?? wanted}; ${quote(place.text)} is ${whatIs(known)}` });
    else if ((known.kind === "list" || known.kind === "mapping") && this.spend(known.size)) this.visit(known.node, schema, label, place);
  }
}

function fits({ kind }: Known, wanted: string): boolean {
  if (kind === "nothing") return true;
  if (wanted === "array") return kind === "list" || kind === "stored";
  if (wanted === "object") return kind === "mapping";
  return !(wanted in WANTED) || kind === "text" || kind === "stored";
}

function whatIs({ kind }: Known): string {
  return kind === "stored" ? "a text or a list" : `a ${kind}`;
}
