import type { InputFault } from "@imagewright/action-contract";
import type { Diagnostic, Span } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { childOf } from "../syntax/walk.js";

/** A fault in plain data at its place in the document; undefined at a value that is not known yet, which is judged when it is. */
export function placeFault(
  fault: InputFault,
  root: ValueNode,
  what: string,
  isUnknown: (scalar: ScalarNode) => boolean,
): Diagnostic | undefined {
  let node = root;
  for (const key of fault.path) node = childOf(node, key) ?? node;
  if (node.kind === "scalar" && isUnknown(node)) return undefined;
  return {
    code: "input-not-allowed",
    severity: "error",
    message: `${what}: ${fault.message}`,
    span: startOf(node),
    ...(fault.help === undefined ? {} : { help: fault.help }),
  };
}

function startOf(node: ValueNode): Span {
  return (node.kind === "mapping" ? node.entries[0]?.key.span : undefined) ?? node.span;
}
