import { DiagnosticCollector, listOf, quote, type Diagnostic } from "@imagewright/diagnostics";
import type { ComponentDocument } from "../syntax/document.js";

export interface BoundVariables {
  /** Every constant and parameter of the document with its value. */
  readonly variables: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Gives each parameter of a document its value: the first of `given` that names it, or its default. A parameter without either is
 * an error at its definition, and so is a value that its allowedValues do not have. Names that the document lacks are ignored, as the
 * guide says; `unusedParameters` finds them.
 */
export function bindVariables(document: ComponentDocument, given: readonly ReadonlyMap<string, string>[]): BoundVariables {
  const found = new DiagnosticCollector();
  const variables = new Map(document.constants.map((constant) => [constant.name.text, constant.value.text]));
  for (const parameter of document.parameters) {
    const name = parameter.name.text;
    const value = given.find((values) => values.has(name))?.get(name) ?? parameter.default?.text;
    if (value === undefined) {
      found.error("parameter-missing", parameter.name.span, `the parameter ${quote(name)} has no default and no value was given`, {
        help: `give it with --parameters ${name}=VALUE`,
      });
    } else if (parameter.allowedValues?.includes(value) === false) {
      found.error("value-not-allowed", parameter.name.span, `the parameter ${quote(name)} must be ${listOf(parameter.allowedValues)}; found ${quote(value)}`);
    } else variables.set(name, value);
  }
  return { variables, diagnostics: found.diagnostics };
}

/** The given names that none of the documents has as a parameter, in order. */
export function unusedParameters(documents: readonly ComponentDocument[], given: Iterable<string>): string[] {
  const known = new Set(documents.flatMap((document) => document.parameters.map((parameter) => parameter.name.text)));
  return [...given].filter((name) => !known.has(name)).sort();
}
