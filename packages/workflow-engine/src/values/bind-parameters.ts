import { listOf, quote, unknownName } from "@imagewright/diagnostics";
import { parameterValueOf } from "../syntax/parameter-value.js";
import type { WorkflowDocument, WorkflowParameterValue } from "../syntax/workflow-document.js";

export interface BoundParameters {
  readonly values: ReadonlyMap<string, WorkflowParameterValue>;
  /** Lower-case sentences: unknown names, values of another type, parameters without a value. Empty if the workflow can run. */
  readonly faults: readonly string[];
}

/**
 * Assigns values to the parameters of a workflow: those that are given, in the form of the API (a list of texts for each name), and the
 * defaults. Source: guide chapter 37; API model, `WorkflowParameter`.
 */
export function bindWorkflowParameters(
  { parameters }: Pick<WorkflowDocument, "parameters">,
  given: ReadonlyMap<string, readonly string[]>,
): BoundParameters {
  const names = parameters.map(({ name }) => name.text);
  const faults = [...given.keys()].filter((name) => !names.includes(name)).map((name) => unknownName("parameter", name, names));
  const values = new Map<string, WorkflowParameterValue>();
  for (const { name, type, default: fallback } of parameters) {
    const texts = given.get(name.text);
    const read = texts === undefined ? undefined : parameterValueOf(texts, type);
    const value = read === undefined ? fallback : read.value;
    if (value !== undefined) values.set(name.text, value);
    else if (read !== undefined) faults.push(`parameter ${quote(name.text)} ${read.problem ?? ""}`);
  }
  const missing = names.filter((name) => !values.has(name) && !given.has(name));
  if (missing.length > 0)
    faults.push(`${missing.length === 1 ? "the parameter" : "the parameters"} ${listOf(missing, "and")} must have a value`);
  return { values, faults };
}
