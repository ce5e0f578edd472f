import { nearest } from "@imagewright/diagnostics";
import type { ValueNode } from "./nodes.js";

/** Whether a mapping lacks a key and has an unknown one that most likely means it. `allowed` has all keys of the mapping. */
export function isMisspelled(node: ValueNode | undefined, key: string, allowed: readonly string[]): boolean {
  if (node?.kind !== "mapping" || node.entries.some((entry) => entry.key.text === key)) return false;
  return node.entries.some((entry) => !allowed.includes(entry.key.text) && nearest(entry.key.text, allowed) === key);
}
