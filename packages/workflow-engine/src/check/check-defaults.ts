import { quote, type Diagnostic } from "@imagewright/diagnostics";
import type { StepActionRegistry } from "../actions/step-action-registry.js";
import { isReference, partsOf } from "../references/workflow-reference.js";
import type { WorkflowDocument, WorkflowParameter } from "../syntax/workflow-document.js";
import { checkParameterValues } from "./check-parameter-values.js";

/**
 * Warns about defaults that cannot be used where the document uses their parameter: another value may be given for each run, so that it can
 * run all the same.
 */
export function checkDefaults(document: WorkflowDocument, registry: StepActionRegistry): Diagnostic[] {
  const defaultOf = (parameter: WorkflowParameter) =>
    parameter.default === undefined || parameter.unread.has("default")
      ? undefined
      : { value: parameter.default, label: `the default of parameter ${quote(parameter.name.text)}` };
  return [
    ...document.parameters.flatMap(referencesInDefault),
    ...checkParameterValues({ document, registry, valueOf: defaultOf, severity: "warning" }),
  ];
}

function referencesInDefault({ name, default: value, defaultSpan }: WorkflowParameter): Diagnostic[] {
  const texts = (Array.isArray(value) ? value : [value]) as readonly unknown[];
  const reference = texts.flatMap((text) => (typeof text === "string" ? partsOf(text) : [])).find(isReference);
  if (reference === undefined || defaultSpan === undefined) return [];
  const message = `the default of parameter ${quote(name.text)} stays as it is: ${quote(reference.written)} is not followed in a default`;
  const help = "refer to it in the inputs of the step instead";
  return [{ code: "reference-in-default", severity: "warning", message, span: defaultSpan, help }];
}
