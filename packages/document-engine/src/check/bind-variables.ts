import { DiagnosticCollector, listOf, quote, type Diagnostic } from "@imagewright/diagnostics";
import type { ComponentDocument } from "../syntax/document.js";
import type { CheckedDocument } from "./checked-document.js";
import { checkKnownValues } from "./check-known-values.js";

export interface BoundVariables {
  /** Every constant and parameter of the document with its value. */
  readonly variables: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Describes how to give a parameter a value, which depends on the caller: by a flag, a recipe or a step. */
export type HowToGive = (parameter: string) => string;

/**
 * Assigns each parameter of a document its value: the first in `given`, or its default. A parameter without either is
 * an error at its definition, and so is a value that is not in its allowedValues. Names that the document lacks are ignored, as the
 * guide says; `unusedParameters` finds them. `howToGive` is the help for a missing value.
 * In a document that `checkDocument` has read, the values are also checked at the references to them.
 */
export function bindVariables(
  document: ComponentDocument | CheckedDocument,
  given: readonly ReadonlyMap<string, string>[],
  howToGive?: HowToGive,
): BoundVariables {
  const found = new DiagnosticCollector();
  const variables = new Map(constantsOf(document));
  for (const parameter of document.parameters) {
    const name = parameter.name.text;
    const value = given.find((values) => values.has(name))?.get(name) ?? parameter.default?.text;
    if (value === undefined && parameter.hasUnreadDefault) continue;
    if (value === undefined) {
      const help = howToGive === undefined ? {} : { help: howToGive(name) };
      found.error("parameter-missing", parameter.name.span, `the parameter ${quote(name)} has no default and no value was given`, help);
    } else if (parameter.allowedValues?.includes(value) === false) {
      found.error(
        "value-not-allowed",
        parameter.name.span,
        `the parameter ${quote(name)} must be ${listOf(parameter.allowedValues)}; found ${quote(value)}`,
      );
    } else variables.set(name, value);
  }
  if ("checkedFor" in document) found.add(faultsOfParameters(document, variables));
  return { variables, diagnostics: found.diagnostics };
}

/** The values of names defined by the document itself. */
export function constantsOf(document: ComponentDocument): ReadonlyMap<string, string> {
  return new Map(document.constants.map((constant) => [constant.name.text, constant.value.text]));
}

/** The additional faults with the given values, beyond those that `checkDocument` has reported. */
function faultsOfParameters(document: CheckedDocument, variables: ReadonlyMap<string, string>): Diagnostic[] {
  if (document.parameters.length === 0) return [];
  const faults = checkKnownValues(document, document.checkedFor, variables);
  if (faults.length === 0) return [];
  const before = new Set(checkKnownValues(document, document.checkedFor, constantsOf(document)).map(keyOf));
  return faults.filter((fault) => !before.has(keyOf(fault)));
}

function keyOf({ code, message, severity, span }: Diagnostic): string {
  return `${span.start} ${severity} ${code} ${message}`;
}

/** The given names that are not a parameter of any document, in order. */
export function unusedParameters(documents: readonly ComponentDocument[], given: Iterable<string>): string[] {
  const known = new Set(documents.flatMap((document) => document.parameters.map((parameter) => parameter.name.text)));
  return [...given].filter((name) => !known.has(name)).sort();
}
