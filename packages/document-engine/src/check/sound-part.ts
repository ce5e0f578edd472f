import type { Diagnostic } from "@imagewright/diagnostics";
import type { JsonSchema, MappingEntry, MappingNode, ScalarNode, ValueNode } from "@imagewright/yaml-syntax";

/** What of an item a module's own check can still look at. */
export interface SoundPart {
  readonly item: ValueNode;
  /** The values that are at fault and that the check cannot do without: it has to take whatever may stand in their place. */
  readonly open: ReadonlySet<ScalarNode>;
}

/** An item without the keys at which its schema has found faults; undefined where something is missing that the check needs. */
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
