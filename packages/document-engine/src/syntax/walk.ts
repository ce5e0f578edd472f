import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { Step } from "./document.js";

/** Calls `visit` with every scalar in a value, except keys. */
export function walkScalars(node: ValueNode | undefined, visit: (scalar: ScalarNode) => void): void {
  if (node === undefined) return;
  if (node.kind === "scalar") visit(node);
  else if (node.kind === "sequence") for (const item of node.items) walkScalars(item, visit);
  else for (const { value } of node.entries) walkScalars(value, visit);
}

/** The items of a step's inputs: those of the list, or the one mapping. */
export function inputItems(step: Step): readonly ValueNode[] {
  if (step.inputs === undefined) return [];
  return step.inputs.kind === "sequence" ? step.inputs.items : [step.inputs];
}

/** The value under a key of a mapping or at an index of a list. */
export function childOf(node: ValueNode | undefined, key: string | number): ValueNode | undefined {
  if (node?.kind === "sequence") return typeof key === "number" ? node.items[key] : undefined;
  return node?.kind === "mapping" ? node.entries.find((entry) => entry.key.text === String(key))?.value : undefined;
}
