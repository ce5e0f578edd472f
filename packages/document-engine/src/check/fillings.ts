import { isNull, type JsonSchema, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { childSchema } from "./child-schema.js";

// with more combinations of unknown values than this, none is tried
const MOST_FILLINGS = 16;

/**
 * An item as plain data, once for each combination of possible unknown values where the schema expects more than text: true
 * and false, each of the allowed values, the limits of a number. A fault in all of them does not depend on the values.
 * Empty if there are too many combinations.
 */
export function fillings(item: ValueNode, schema: JsonSchema, isUnknown: (scalar: ScalarNode) => boolean): readonly unknown[] {
  const filled: unknown[] = [];
  const choices = new Choices();
  do {
    filled.push(fill(item, schema, isUnknown, choices));
    if (filled.length > MOST_FILLINGS) return [];
  } while (choices.advance());
  return filled;
}

function fill(node: ValueNode, schema: JsonSchema | undefined, isUnknown: (scalar: ScalarNode) => boolean, choices: Choices): unknown {
  if (node.kind === "scalar") return isNull(node) ? undefined : isUnknown(node) ? choices.take(waysOf(node, schema)) : node.text;
  if (node.kind === "sequence") return node.items.map((item, index) => fill(item, childSchema(schema, index), isUnknown, choices));
  const entries = node.entries.map(({ key, value }) => [key.text, fill(value, childSchema(schema, key.text), isUnknown, choices)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function waysOf({ text }: ScalarNode, schema: JsonSchema | undefined): readonly unknown[] {
  if (Array.isArray(schema?.["enum"])) return schema["enum"];
  if (schema?.["type"] === "boolean") return [true, false];
  if (schema?.["type"] === "array") return [undefined, [text]]; // absent and present: an unknown list may be either
  if (schema?.["type"] !== "integer") return [text];
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
  return [minimum, maximum];
}

/** Enumerates all combinations of choices, one per round. */
class Choices {
  readonly #taken: { index: number; count: number }[] = [];
  #place = 0;

  take(ways: readonly unknown[]): unknown {
    const chosen = (this.#taken[this.#place++] ??= { index: 0, count: ways.length });
    return ways[chosen.index];
  }

  /** Moves to the next round, if there is one. */
  advance(): boolean {
    this.#place = 0;
    for (const chosen of this.#taken) {
      chosen.index = (chosen.index + 1) % chosen.count;
      if (chosen.index > 0) return true;
    }
    return false;
  }
}
