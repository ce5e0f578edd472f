import type { Span } from "@imagewright/diagnostics";
import type { ValueNode } from "@imagewright/yaml-syntax";

/** A call of a CloudFormation function, written instead of a value. */
export interface FunctionCall {
  /** `Ref`, `Sub`, `Join`, …, without `Fn::`. */
  readonly name: string;
  readonly argument: ValueNode;
  readonly span: Span;
}

/** The function call of a node, in any notation: `!Sub …`, `Fn::Sub: …`, `Ref: …`. Undefined if it is a plain value. */
export function callOf(node: ValueNode): FunctionCall | undefined {
  const { span } = node;
  if (node.tag !== undefined) return { name: node.tag.slice(1), argument: node, span };
  const [entry, ...others] = node.kind === "mapping" ? node.entries : [];
  if (entry === undefined || others.length > 0) return undefined;
  const { key, value } = entry;
  if (key.text === "Ref") return { name: key.text, argument: value, span };
  return key.text.startsWith("Fn::") ? { name: key.text.slice(4), argument: value, span } : undefined;
}

/** The full name of a function: `Ref`, `Fn::Sub`. */
export function functionName(name: string): string {
  return name === "Ref" ? name : `Fn::${name}`;
}
