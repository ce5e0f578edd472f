import type { Span } from "@imagewright/diagnostics";
import type { ValueNode } from "@imagewright/yaml-syntax";

/** A function of CloudFormation in the place of a value. */
export interface FunctionCall {
  /** `Ref`, `Sub`, `Join`, …, without `Fn::`. */
  readonly name: string;
  readonly argument: ValueNode;
  readonly span: Span;
}

/** The call that a node is, in whichever way it is written: `!Sub …`, `Fn::Sub: …`, `Ref: …`. */
export function callOf(node: ValueNode): FunctionCall | undefined {
  const { span } = node;
  if (node.tag !== undefined) return { name: node.tag.slice(1), argument: node, span };
  const [entry, ...others] = node.kind === "mapping" ? node.entries : [];
  if (entry === undefined || others.length > 0) return undefined;
  const { key, value } = entry;
  if (key.text === "Ref") return { name: key.text, argument: value, span };
  return key.text.startsWith("Fn::") ? { name: key.text.slice(4), argument: value, span } : undefined;
}

/** How the file writes a function: `Ref`, `Fn::Sub`. */
export function functionName(name: string): string {
  return name === "Ref" ? name : `Fn::${name}`;
}
