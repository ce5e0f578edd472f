import type { InputFault } from "@imagewright/action-contract";
import type { Diagnostic, Span } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { childOf } from "../syntax/walk.js";
import { placeInText } from "./place-in-text.js";

/** A fault in plain data at its place in the document; undefined at an unknown value, which is checked once it is known. */
export function placeFault(
  fault: InputFault,
  root: ValueNode,
  what: string,
  isUnknown: (scalar: ScalarNode) => boolean,
): Diagnostic | undefined {
  let node = root;
  let key: ScalarNode | undefined;
  for (const step of fault.path) {
    key = node.kind === "mapping" ? node.entries.find((entry) => entry.key.text === step)?.key : undefined;
    node = childOf(node, step) ?? node;
  }
  const place = fault.isKey === true && key !== undefined ? key : node;
  if (place === node && node.kind === "scalar" && fault.isCertain !== true && isUnknown(node)) return undefined;
  return {
    code: "input-not-allowed",
    severity: "error",
    message: `${what}: ${fault.message}`,
    span: place.kind === "scalar" && fault.offset !== undefined ? placeInText(place, fault.offset) : startOf(place),
    ...(fault.help === undefined ? {} : { help: fault.help }),
  };
}

function startOf(node: ValueNode): Span {
  return (node.kind === "mapping" ? node.entries[0]?.key.span : undefined) ?? node.span;
}
