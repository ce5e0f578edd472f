import type { MappingEntry, MappingNode, ScalarNode, ValueNode } from "@imagewright/yaml-syntax";

const CHAINED = ".$";

/** Inputs without the `.$` that keys with references end with, and what was below such keys. */
export interface UnchainedInputs {
  readonly node: MappingNode;
  readonly chained: ReadonlySet<ScalarNode>;
}

const known = new WeakMap<MappingNode, UnchainedInputs>();

/** Takes the chaining indicator from all keys, at any depth. Cached. Source: guide chapter 39. */
export function withoutChaining(inputs: MappingNode): UnchainedInputs {
  const earlier = known.get(inputs);
  if (earlier !== undefined) return earlier;
  const chained = new Set<ScalarNode>();
  const unchained = { node: unchain(inputs, false, chained) as MappingNode, chained };
  known.set(inputs, unchained);
  return unchained;
}

function unchain(node: ValueNode, isChained: boolean, chained: Set<ScalarNode>): ValueNode {
  if (node.kind === "scalar") {
    if (isChained) chained.add(node);
    return node;
  }
  if (node.kind === "sequence") return { ...node, items: node.items.map((item) => unchain(item, isChained, chained)) };
  const entries = node.entries.map(({ key, value }): MappingEntry => {
    const ends = key.text.endsWith(CHAINED);
    return {
      key: ends ? { ...key, text: key.text.slice(0, -CHAINED.length) } : key,
      value: unchain(value, isChained || ends, chained),
    };
  });
  return { ...node, entries };
}
