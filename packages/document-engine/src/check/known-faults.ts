import { quote, type Diagnostic, type Span } from "@imagewright/diagnostics";
import { describeNode, type ScalarNode } from "@imagewright/yaml-syntax";
import type { KnownFault, LoopPlace } from "../references/known-values.js";
import { DEEPEST_VALUE, LARGEST_VALUE } from "../references/limits.js";
import { placeOfReference } from "../references/place.js";
import { referencesIn } from "../references/template.js";
import type { WrittenOrigin } from "./write-out.js";

/** Faults that depend neither on unknown values nor on whether the step runs. */
export const FAULTS_OF_FORM: ReadonlySet<KnownFault["code"]> = new Set(["no-value", "not-a-text"]);

/** The fault of a reference, or of a value with its references resolved. */
export function describeKnownFault({ node, reference, code, detail }: KnownFault, severity: Diagnostic["severity"]): Diagnostic {
  const span = node.kind === "scalar" && reference !== undefined ? placeOfReference(node, reference.ordinal) : node.span;
  const text = quote(reference?.text ?? "");
  switch (code) {
    case "no-value":
      return {
        code: "unknown-reference",
        severity,
        span,
        message: `the reference ${text} leads to an input of step ${quote(detail)} that has no value`,
      };
    case "not-a-text":
      return { code: "wrong-type", severity, span, message: `the reference ${text} leads to ${detail}; only a text is allowed here` };
    case "no-outputs":
      return {
        code: "no-outputs",
        severity,
        span,
        message: `the reference ${text} leads to a step without outputs, since ${detail}`,
      };
    case "not-a-stored-name":
      return {
        code: "value-not-allowed",
        severity,
        span,
        message: `the value in ${text} must be the name of a parameter of Parameter Store; found ${quote(detail)}`,
      };
    case "value-too-large":
      return { code, severity, span, message: `with its references resolved, the value has more than ${LARGEST_VALUE} characters` };
    case "value-too-deep":
      return {
        code,
        severity,
        span,
        message: `with its references resolved, the value has more than ${DEEPEST_VALUE} levels of lists and mappings`,
      };
  }
}

/** The place of a text's reference, or of the whole text if it has several. */
export function withOrigin(scalar: ScalarNode): Span {
  const references = referencesIn(scalar)?.filter((part) => typeof part !== "string");
  return references?.length === 1 ? placeOfReference(scalar, 0) : scalar.span;
}

/** A fault in a resolved value, at the references and with their value. */
export function inIteration(fault: Diagnostic, origin: WrittenOrigin | undefined, place: LoopPlace): Diagnostic {
  const iteration = typeof place === "object" ? `in the iteration with index ${place.index}` : undefined;
  if (origin === undefined) return iteration === undefined ? fault : { ...fault, message: `${fault.message} (${iteration})` };
  const { scalar, value } = origin;
  const standsFor = `${quote(scalar.text)} is ${value.kind === "scalar" ? quote(value.text) : describeNode(value)}`;
  return {
    ...fault,
    message: `${fault.message} (${standsFor}${iteration === undefined ? "" : ` ${iteration}`})`,
    span: withOrigin(scalar),
  };
}
