import { quote } from "@imagewright/diagnostics";
import type { Json } from "@imagewright/durability";
import { toPlain, type MappingNode, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { conditionData } from "../check/condition-data.js";
import { workflowError } from "../errors.js";
import { withoutChaining } from "../references/chained-keys.js";
import { isReference, textParts } from "../references/workflow-reference.js";
import { scalarsIn } from "../references/workflow-scalars.js";
import { valueOfReference, type WorkflowValues } from "./workflow-values.js";

/**
 * A scalar with its references replaced: the value itself if it is one reference, otherwise a text. Errors: value-missing, not-a-text,
 * path-not-readable.
 */
export function resolveScalar(scalar: ScalarNode, values: WorkflowValues): Json {
  const parts = textParts(scalar).map((part) => {
    if (typeof part === "string") return part;
    if (!isReference(part)) throw workflowError("path-not-readable", { path: part.unreadable });
    return valueOfReference(part, values);
  });
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  return parts.map((part) => textOfValue(part, scalar)).join("");
}

/** The inputs of a step as data, with the references replaced. Errors: as `resolveScalar`. */
export function resolveInputs(inputs: MappingNode | undefined, values: WorkflowValues): Readonly<Record<string, Json>> {
  if (inputs === undefined) return {};
  return toPlain(withoutChaining(inputs).node, (scalar) => resolveScalar(scalar, values)) as Readonly<Record<string, Json>>;
}

/** A condition as data, with the references replaced by texts. Errors: as `resolveScalar`. */
export function resolveCondition(condition: ValueNode, values: WorkflowValues): unknown {
  return conditionData(condition, (scalar) => textOfValue(resolveScalar(scalar, values), scalar));
}

/** Whether a reference in a part of a document leads to a sample. */
export function restsOnSamples(node: ValueNode | undefined, { isSample }: WorkflowValues): boolean {
  if (node === undefined || isSample === undefined) return false;
  return [...scalarsIn(node)].flatMap(textParts).some((part) => isReference(part) && isSample(part));
}

function textOfValue(value: Json, scalar: ScalarNode): string {
  if (typeof value === "object") throw workflowError("not-a-text", { text: quote(scalar.text) });
  return String(value);
}
