import type { Diagnostic } from "@imagewright/diagnostics";
import type { JsonSchema, MappingEntry, MappingNode, ScalarNode, ValueNode } from "@imagewright/yaml-syntax";

/** The part of an item without faults, which a module's own check can examine. */
export interface SoundPart {
  readonly item: ValueNode;
  /** Required values with faults: the check has to treat them as unknown. */
  readonly open: ReadonlySet<ScalarNode>;
}

/**
 * An item without the keys at which its schema has found faults; undefined if a required key is missing or cannot be treated as unknown.
 */
export function soundPart(item: ValueNode, schema: JsonSchema, faults: readonly Diagnostic[]): SoundPart | undefined {
  if (faults.length === 0) return { item, open: new Set() };
  if (item.kind !== "mapping" || faults.some(({ code }) => code === "missing-key")) return undefined;
  const faulty = item.entries.filter((entry) => faults.some(({ span }) => isWithin(span.start, entry)));
  const required = faulty.filter(({ key }) => (schema["required"] as readonly string[] | undefined)?.includes(key.text) === true);
  const open = required.map(({ value }) => value).filter((value) => value.kind === "scalar");
  if (open.length < required.length || faulty.length === 0) return undefined;
  return { item: without(item, faulty, required), open: new Set(open) };
}

function without(item: MappingNode, faulty: readonly MappingEntry[], needed: readonly MappingEntry[]): MappingNode {
  return { ...item, entries: item.entries.filter((entry) => !faulty.includes(entry) || needed.includes(entry)) };
}

function isWithin(offset: number, { key, value }: MappingEntry): boolean {
  return offset >= key.span.start && offset <= value.span.end;
}
