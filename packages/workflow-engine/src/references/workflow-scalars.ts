import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { WorkflowDocument } from "../syntax/workflow-document.js";

/** All scalars of a document in which references may be: inputs, conditions, `rollbackEnabled`, outputs. */
export function* workflowScalars({ steps, outputs }: WorkflowDocument): Generator<ScalarNode> {
  for (const { inputs, condition, rollbackEnabled } of steps) {
    for (const node of [inputs, condition]) if (node !== undefined) yield* scalarsIn(node);
    if (typeof rollbackEnabled !== "boolean") yield rollbackEnabled;
  }
  for (const { value } of outputs) yield value;
}

/** All scalars of a part of a document. */
export function* scalarsIn(node: ValueNode): Generator<ScalarNode> {
  if (node.kind === "scalar") yield node;
  else if (node.kind === "sequence") for (const item of node.items) yield* scalarsIn(item);
  else for (const { value } of node.entries) yield* scalarsIn(value);
}
