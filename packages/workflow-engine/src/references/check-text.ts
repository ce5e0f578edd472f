import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import { describeType, type WorkflowValueType } from "../actions/value-type.js";
import { systemVariableName } from "./system-variables.js";
import { typeOfReference, type KnownReference, type ReferencePlace } from "./type-of-reference.js";
import { isReference, textParts, type WorkflowReference } from "./workflow-reference.js";

/** What the place of a text takes. */
export interface ExpectedValue {
  /** Its name in messages: `"instanceId"`. */
  readonly label: string;
  readonly type: WorkflowValueType;
}

/**
 * Reports the references of a text that lead nowhere, or to values of another type than its place takes. Returns what is known of the
 * reference that is the whole text.
 */
export function checkText(scalar: ScalarNode, expected: ExpectedValue, place: ReferencePlace, found: DiagnosticCollector): KnownReference {
  const parts = textParts(scalar);
  let only: KnownReference;
  for (const part of parts) {
    if (typeof part === "string") {
      reportUnclosed(part, scalar, found);
      continue;
    }
    const span = placeOf(isReference(part) ? part.written : part.unreadable, scalar);
    if (!isReference(part)) {
      found.error("unreadable-reference", span, `cannot read the path ${quote(part.unreadable)}`, { help: FORMS });
      continue;
    }
    checkSpelling(part, span, found);
    const known = typeOfReference(part, place);
    if (known !== undefined && "problem" in known)
      place.faults.add({ code: known.code, severity: "error", message: known.problem, span }, known.unknownName);
    else if (known !== undefined)
      checkType(part, known.type, parts.length > 1 ? { ...expected, type: "string" } : expected, span, found, parts);
    if (parts.length === 1) only = known;
  }
  return only;
}

const FORMS =
  'paths are "$.parameters.NAME", "$.stepOutputs.STEP.NAME", "$.workflowOutputs.NAME" and "$.imagebuilder.NAME", with "[0]" for an item';

/** A warning, since braces can be meant as text. */
function reportUnclosed(text: string, scalar: ScalarNode, found: DiagnosticCollector): void {
  const lastEnd = text.lastIndexOf("}}");
  const [whole, path] = UNCLOSED.exec(lastEnd === -1 ? text : text.slice(lastEnd)) ?? [];
  if (whole === undefined || path === undefined) return;
  const help = `write {{ ${path} }}`;
  found.warning("unclosed-reference", placeOf(whole, scalar), `the reference ${quote(path)} is never closed, so it stays as text`, {
    help,
  });
}

// the pattern needs no end: a text has at most one such part, after its last closing braces
const UNCLOSED = /\{\{[ \t]*(\$\.[A-Za-z]+\.[\w.[\]-]+)/;

/** The guide's own examples differ in the case of letters. */
function checkSpelling({ root, writtenRoot, name, written }: WorkflowReference, span: Span, found: DiagnosticCollector): void {
  const right = root === "imagebuilder" ? systemVariableName(name) : name;
  if (right === undefined || (writtenRoot === undefined && right === name)) return;
  const path = written.replace(/^\$\.\w+/, `$.${root}`).replace(`.${name}`, `.${right}`);
  found.warning("spelling", span, `write ${quote(path)}, not ${quote(written)}`);
}

function checkType(
  { written }: WorkflowReference,
  type: WorkflowValueType,
  expected: ExpectedValue,
  span: Span,
  found: DiagnosticCollector,
  parts: readonly unknown[],
): void {
  const isPart = parts.length > 1;
  if (type === "any" || expected.type === "any" || type === expected.type) return;
  // inside of a text, numbers and booleans are written as texts
  if (isPart && (type === "integer" || type === "boolean")) return;
  const takes = isPart ? "a list or a mapping cannot be part of a text" : `${expected.label} must be ${describeType(expected.type)}`;
  found.error("wrong-type", span, `${takes}; ${quote(written)} is ${describeType(type)}`);
}

/** The place of a path in its scalar, or the scalar if its text is written in another form there. */
function placeOf(written: string, { span }: ScalarNode): Span {
  const start = span.source.text.indexOf(written, span.start);
  return start === -1 || start + written.length > span.end ? span : { source: span.source, start, end: start + written.length };
}
