import type { Span } from "@imagewright/diagnostics";

/** A value of a YAML or JSON text that knows where it stands and how it was written. */
export type ValueNode = ScalarNode | SequenceNode | MappingNode;

export interface ScalarNode {
  readonly kind: "scalar";
  /** The value as text: what stands between the quotes, or the plain scalar as it is written (`0777`, `1.0`, `no`). */
  readonly text: string;
  /** What YAML 1.2's core schema takes the scalar for. */
  readonly type: "string" | "number" | "boolean" | "null";
  readonly span: Span;
}

export interface SequenceNode {
  readonly kind: "sequence";
  readonly items: readonly ValueNode[];
  readonly span: Span;
}

export interface MappingNode {
  readonly kind: "mapping";
  readonly entries: readonly MappingEntry[];
  readonly span: Span;
}

export interface MappingEntry {
  readonly key: ScalarNode;
  readonly value: ValueNode;
}

/** The value under a key, if the node is a mapping that has it and it is not null. */
export function valueOf(node: ValueNode | undefined, key: string): ValueNode | undefined {
  if (node?.kind !== "mapping") return undefined;
  const value = node.entries.find((entry) => entry.key.text === key)?.value;
  return value === undefined || isNull(value) ? undefined : value;
}

/** A key without a value (`inputs:`) counts as not given everywhere. */
export function isNull(node: ValueNode): boolean {
  return node.kind === "scalar" && node.type === "null";
}

/** What a message calls the node: `a mapping`, `the number 5`. */
export function describeNode(node: ValueNode): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  return { string: "a string", number: "a number", boolean: "true or false", null: "nothing" }[node.type];
}

/** Plain data: mappings as objects, lists as arrays, scalars as their text, null as undefined and thus left out. */
export function toPlain(node: ValueNode, scalar: (node: ScalarNode) => unknown = (leaf) => leaf.text): unknown {
  if (node.kind === "scalar") return node.type === "null" ? undefined : scalar(node);
  if (node.kind === "sequence") return node.items.map((item) => toPlain(item, scalar));
  const plain: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    const converted = toPlain(value, scalar);
    // defineProperty, because a document may well have a key called __proto__
    if (converted !== undefined) Object.defineProperty(plain, key.text, { value: converted, enumerable: true, configurable: true, writable: true });
  }
  return plain;
}
