import type { ScalarNode } from "@imagewright/yaml-syntax";

/** A text split into literal parts and the references in `{{ }}` between them. */
export type TemplatePart = string | Reference;

export interface Reference {
  /** The text between the braces, trimmed. */
  readonly text: string;
  /** The complete text, with the braces. */
  readonly written: string;
  /** The index of the reference in the text, from 0. */
  readonly ordinal: number;
  readonly target: ReferenceTarget;
}

export type ReferenceTarget =
  | { readonly kind: "variable"; readonly name: string }
  | ChainTarget
  | LoopTarget
  | StoreTarget
  /** `literal:…`: braces that are meant for another program. `text` is what they are to be. */
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "unreadable" };

/** `loop.value`, `loop.index`, or with the loop's own name instead of `loop`. */
export interface LoopTarget {
  readonly kind: "loop";
  /** Undefined for `loop`. */
  readonly name: string | undefined;
  readonly member: "index" | "value";
}

/** A value of Systems Manager Parameter Store. */
export type StoreTarget =
  /** `aws:ssm:/path` */
  | { readonly kind: "store"; readonly name: string }
  /** `aws:ssm:resolve(name)`: the value of the variable, or of the other parameter, is the name of the parameter. */
  | { readonly kind: "store-resolve"; readonly of: { readonly kind: "variable" | "store"; readonly name: string } };

/** `phase.step.inputs[0].path` and the like. */
export interface ChainTarget {
  readonly kind: "chain";
  readonly phase: string;
  readonly step: string;
  readonly side: "inputs" | "outputs";
  /** The index in the step's inputs or outputs; undefined if the reference has none. */
  readonly item: number | undefined;
  /** The keys and indexes below the item. */
  readonly path: readonly (string | number)[];
}

// the pattern of a chain takes quadratic time
const LONGEST_REFERENCE = 1_000;
const VARIABLE = /^[a-zA-Z0-9_-]+$/;
const LOOP = /^([0-9a-zA-Z_-]+)\.(index|value)$/;
const STORE = /^aws:ssm:([a-zA-Z0-9_.\-/:]+)$/;
const STORE_RESOLVE = /^aws:ssm:resolve\(\s*(.*?)\s*\)$/;
// names cannot contain a colon, so no existing document changes its meaning
const LITERAL = /^(\s*)literal:(.*)$/s;
const CHAIN = /^(.+)\.([0-9a-zA-Z_-]+)\.(inputs|outputs)(?:\[(\d+)\])?((?:\.[0-9a-zA-Z_-]+(?:\[\d+\])*)*)$/;

/** Whether a text contains references. */
export function hasReferences(text: string): boolean {
  const start = text.indexOf("{{");
  return start !== -1 && text.includes("}}", start + 2);
}

const known = new WeakMap<ScalarNode, readonly TemplatePart[] | undefined>();

/** The parts of a scalar, cached; undefined if it has no references. */
export function referencesIn(scalar: ScalarNode): readonly TemplatePart[] | undefined {
  if (!scalar.text.includes("{{")) return undefined;
  if (!known.has(scalar)) known.set(scalar, hasReferences(scalar.text) ? parseTemplate(scalar.text) : undefined);
  return known.get(scalar);
}

/** Splits a text at its references. `{{` without a following `}}` is text. */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  let ordinal = 0;
  while (from < text.length) {
    const start = text.indexOf("{{", from);
    const end = start === -1 ? -1 : text.indexOf("}}", start + 2);
    if (end === -1) break;
    if (start > from) parts.push(text.slice(from, start));
    const inner = text.slice(start + 2, end);
    parts.push({
      text: inner.trim(),
      written: text.slice(start, end + 2),
      ordinal: ordinal++,
      target: readLiteral(inner) ?? readTarget(inner.trim()),
    });
    from = end + 2;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** The braces without `literal:`. Blanks on both sides of it are merged. */
function readLiteral(inner: string): ReferenceTarget | undefined {
  const [, before, after] = LITERAL.exec(inner) ?? [];
  if (before === undefined || after === undefined) return undefined;
  return { kind: "literal", text: `{{${/^\s/.test(after) ? "" : before}${after}}}` };
}

/**
 * How to write braces so that they reach another program unchanged. Without a blank after the colon, since YAML would read the text before
 * it as a key.
 */
export function asLiteral({ written }: Reference): string {
  return written.replace(/^\{\{\s*/, "$&literal:");
}

function readTarget(text: string): ReferenceTarget {
  if (text.length > LONGEST_REFERENCE) return { kind: "unreadable" };
  if (VARIABLE.test(text)) return { kind: "variable", name: text };
  if (text.startsWith("aws:ssm:")) return readStoreTarget(text);
  const [, loop, member] = LOOP.exec(text) ?? [];
  if (member === "index" || member === "value") return { kind: "loop", name: loop === "loop" ? undefined : loop, member };
  const match = CHAIN.exec(text);
  if (match === null) return { kind: "unreadable" };
  const [, phase = "", step = "", side, item, path = ""] = match;
  return {
    kind: "chain",
    phase,
    step,
    side: side === "inputs" ? "inputs" : "outputs",
    item: item === undefined ? undefined : Number(item),
    path: readPath(path),
  };
}

function readStoreTarget(text: string): ReferenceTarget {
  const [, of] = STORE_RESOLVE.exec(text) ?? [];
  if (of === undefined) {
    const [, name] = STORE.exec(text) ?? [];
    return name === undefined ? { kind: "unreadable" } : { kind: "store", name };
  }
  if (VARIABLE.test(of)) return { kind: "store-resolve", of: { kind: "variable", name: of } };
  const [, name] = STORE.exec(of) ?? [];
  return name === undefined ? { kind: "unreadable" } : { kind: "store-resolve", of: { kind: "store", name } };
}

function readPath(path: string): (string | number)[] {
  return [...path.matchAll(/\.([0-9a-zA-Z_-]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
}
