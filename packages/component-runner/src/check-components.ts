import type { ActionRegistry, Platform } from "@imagewright/action-contract";
import { bindVariables, checkDocument, checkPhaseSelection, unusedParameters, type ComponentDocument, type PreparedDocument } from "@imagewright/document-engine";
import { hasErrors, type Diagnostic } from "@imagewright/diagnostics";
import { loadLocalDocument, type DocumentLoader } from "./load-document.js";

export interface CheckRequest {
  readonly locations: readonly string[];
  readonly registry: ActionRegistry;
  readonly platforms: readonly Platform[];
  readonly load?: DocumentLoader;
}

export interface CheckedComponents {
  /** One for each location whose text is a mapping. */
  readonly documents: readonly ComponentDocument[];
  /** The faults of all documents, document after document. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads documents and reports everything about them that can be known before they run. Throws where one cannot be loaded. */
export async function checkComponents({ locations, registry, platforms, load = loadLocalDocument }: CheckRequest): Promise<CheckedComponents> {
  const sources = await Promise.all(locations.map((location) => load(location)));
  const checked = sources.map((source) => checkDocument(source, { registry, platforms }));
  return { documents: checked.flatMap(({ document }) => document ?? []), diagnostics: checked.flatMap(({ diagnostics }) => diagnostics) };
}

/** Values by parameter name. */
export type ParameterValues = ReadonlyMap<string, string>;

export interface PrepareRequest {
  /** The values for one document only, by its location; they win over those for all. */
  readonly parametersOf: (location: string) => ParameterValues;
  /** The values for every document. */
  readonly parameters: ParameterValues;
  readonly phases: readonly string[] | undefined;
}

export interface PreparedComponents {
  readonly prepared: readonly PreparedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Given names that no document knows. */
  readonly unused: readonly string[];
}

/** Gives the parameters of checked documents their values, and reports what stands in the way of this particular run. */
export function prepareComponents(documents: readonly ComponentDocument[], { parametersOf, parameters, phases }: PrepareRequest): PreparedComponents {
  const diagnostics: Diagnostic[] = [];
  const prepared: PreparedDocument[] = [];
  const unused = new Set(unusedParameters(documents, parameters.keys()));
  for (const document of documents) {
    const own = parametersOf(document.source.name);
    const bound = bindVariables(document, [own, parameters]);
    diagnostics.push(...bound.diagnostics, ...checkPhaseSelection(document, phases));
    for (const name of unusedParameters([document], own.keys())) unused.add(name);
    prepared.push({ document, variables: bound.variables });
  }
  return { prepared: hasErrors(diagnostics) ? [] : prepared, diagnostics, unused: [...unused].sort() };
}
