import type { Span } from "@imagewright/diagnostics";
import type { Path } from "./path.js";

/** A value of a YAML or JSON text with its place and its notation. */
export type ValueNode = ScalarNode | SequenceNode | MappingNode;

export interface ScalarNode {
  readonly kind: "scalar";
  /** The value as text: the text between the quotes, or the plain scalar as written (`0777`, `1.0`, `no`). */
  readonly text: string;
  /** The scalar's type in the core schema of YAML 1.2. */
  readonly type: "string" | "number" | "boolean" | "null";
  readonly span: Span;
  /** Stands for what could not be read, which has been reported: nothing more is to be reported of it. */
  readonly isUnread?: true;
  /** The local tag of the value (`!Sub`), if `parseYaml` keeps tags. */
  readonly tag?: string;
}

export interface SequenceNode {
  readonly kind: "sequence";
  readonly items: readonly ValueNode[];
  readonly span: Span;
  /** The local tag of the value (`!Sub`), if `parseYaml` keeps tags. */
  readonly tag?: string;
}

export interface MappingNode {
  readonly kind: "mapping";
  readonly entries: readonly MappingEntry[];
  readonly span: Span;
  /** Keys of it could not be read, such as the merge key, which has been reported: no key is to be reported as missing. */
  readonly isPartlyRead?: true;
  /** The local tag of the value (`!Sub`), if `parseYaml` keeps tags. */
  readonly tag?: string;
}

export interface MappingEntry {
  readonly key: ScalarNode;
  readonly value: ValueNode;
}

/** The value under a key, if the node is a mapping that has it and it is not null. */
export function valueOf(node: ValueNode | undefined, key: string): ValueNode | undefined {
  const value = entryOf(node, key)?.value;
  return value === undefined || isNull(value) ? undefined : value;
}

export function entryOf(node: ValueNode | undefined, key: string): MappingEntry | undefined {
  return node?.kind === "mapping" ? node.entries.find((entry) => entry.key.text === key) : undefined;
}

/** The node at a path, or the last node on the path that exists. */
export function nodeAt(node: ValueNode, [step, ...rest]: Path): ValueNode {
  const next = step === undefined ? undefined : childOf(node, step);
  return next === undefined ? node : nodeAt(next, rest);
}

/**
 * The place of the value at a path, or of its name. If it does not exist: the place of the nearest value around it or, for a name, of the
 * first name in that value.
 */
export function spanAt(root: ValueNode, path: Path, part: "name" | "value"): Span {
  const name = path.at(-1);
  const parent = name === undefined ? root : nodeAt(root, path.slice(0, -1));
  const entry = entryOf(parent, String(name));
  if (part === "value" || parent.kind !== "mapping" || name === undefined) return nodeAt(root, path).span;
  return (entry ?? parent.entries[0])?.key.span ?? parent.span;
}

function childOf(node: ValueNode, step: string | number): ValueNode | undefined {
  return node.kind === "sequence" ? node.items[Number(step)] : entryOf(node, String(step))?.value;
}

/** Whether a node is null. A key without a value (`inputs:`) is treated as absent everywhere. */
export function isNull(node: ValueNode): boolean {
  return node.kind === "scalar" && node.type === "null";
}

/** Whether a node stands for what could not be read. */
export function isUnread(node: ValueNode | undefined): boolean {
  return node?.kind === "scalar" && node.isUnread === true;
}

/** Whether a key that a mapping lacks may be one that could not be read. */
export function lacksUnread(node: ValueNode, key: string): boolean {
  return (node.kind === "mapping" && node.isPartlyRead === true) || isUnread(entryOf(node, key)?.value);
}

/** The description of a node in messages: `a mapping`, `a number`. */
export function describeNode(node: ValueNode): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  return { string: "a string", number: "a number", boolean: "true or false", null: "nothing" }[node.type];
}

/**
 * Plain data: mappings as objects, lists as arrays, scalars as their text. A key whose value is null is left out; in a list, null is
 * undefined.
 */
export function toPlain(node: ValueNode, scalar: (node: ScalarNode) => unknown = textOf): unknown {
  return convert(node, scalar, false);
}

/** The same, but a key whose value is null stays, with the value undefined, so that a check of the keys sees it. */
export function toPlainWithNulls(node: ValueNode): unknown {
  return convert(node, textOf, true);
}

function textOf(node: ScalarNode): string {
  return node.text;
}

function convert(node: ValueNode, scalar: (node: ScalarNode) => unknown, nulls: boolean): unknown {
  if (node.kind === "scalar") return isNull(node) ? undefined : scalar(node);
  if (node.kind === "sequence") return node.items.map((item) => convert(item, scalar, nulls));
  // fromEntries makes own properties, also of a key called __proto__
  return Object.fromEntries(
    node.entries.map(({ key, value }) => [key.text, convert(value, scalar, nulls)]).filter(([, value]) => nulls || value !== undefined),
  );
}
