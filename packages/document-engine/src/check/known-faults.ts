import { quote, type Diagnostic, type Span } from "@imagewright/diagnostics";
import { describeNode, type ScalarNode } from "@imagewright/yaml-syntax";
import type { KnownFault, LoopPlace } from "../references/known-values.js";
import { DEEPEST_VALUE, LARGEST_VALUE } from "../references/limits.js";
import { placeOfReference } from "../references/place.js";
import { referencesIn } from "../references/template.js";
import type { WrittenOrigin } from "./write-out.js";

/** Faults that a document has whatever the values are and whether the step runs or not. */
export const FAULTS_OF_FORM: ReadonlySet<KnownFault["code"]> = new Set(["no-value", "not-a-text"]);

/** What is at fault with a reference, or with all that a value's references lead to. */
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
      return { code: "wrong-type", severity, span, message: `the reference ${text} leads to ${detail}; only a text can stand here` };
    case "no-outputs":
      return {
        code: "no-outputs",
        severity,
        span,
        message: `the reference ${text} leads to a step that leaves no outputs, since ${detail}`,
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

/** The place of a text's reference, or of the whole text where it has several. */
export function withOrigin(scalar: ScalarNode): Span {
  const references = referencesIn(scalar)?.filter((part) => typeof part !== "string");
  return references?.length === 1 ? placeOfReference(scalar, 0) : scalar.span;
}

/** A fault in what references lead to, at the references' place and with what they stand for. */
export function inIteration(fault: Diagnostic, origin: WrittenOrigin | undefined, place: LoopPlace): Diagnostic {
  const iteration = typeof place === "object" ? `in the iteration with index ${place.index}` : undefined;
  if (origin === undefined) return iteration === undefined ? fault : { ...fault, message: `${fault.message} (${iteration})` };
  const { scalar, value } = origin;
  const standsFor = `${quote(scalar.text)} stands for ${value.kind === "scalar" ? quote(value.text) : describeNode(value)}`;
  return {
    ...fault,
    message: `${fault.message} (${standsFor}${iteration === undefined ? "" : ` ${iteration}`})`,
    span: withOrigin(scalar),
  };
}
