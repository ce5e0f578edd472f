import type { ActionRegistry, Platform } from "@imagewright/action-contract";
import {
  bindVariables,
  checkDocument,
  checkPhaseSelection,
  unusedParameters,
  type ComponentDocument,
  type HowToGive,
  type PreparedDocument,
} from "@imagewright/document-engine";
import { hasErrors, type Diagnostic } from "@imagewright/diagnostics";
import { loadLocalDocument, type DocumentLoader } from "./load-document.js";

export interface CheckRequest {
  readonly locations: readonly string[];
  readonly registry: ActionRegistry;
  readonly platforms: readonly Platform[];
  readonly load?: DocumentLoader;
}

export interface CheckedComponents {
  /** One for each location, in their order; undefined where the text is no mapping, which is an error among the faults. */
  readonly documents: readonly (ComponentDocument | undefined)[];
  /** The faults of all documents, document after document. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads documents and reports everything about them that can be known before they run. Throws where one cannot be loaded. */
export async function checkComponents({
  locations,
  registry,
  platforms,
  load = loadLocalDocument,
}: CheckRequest): Promise<CheckedComponents> {
  const sources = await Promise.all(locations.map((location) => load(location)));
  const checked = sources.map((source) => checkDocument(source, { registry, platforms }));
  return { documents: checked.map(({ document }) => document), diagnostics: checked.flatMap(({ diagnostics }) => diagnostics) };
}

/** Values by parameter name. */
export type ParameterValues = ReadonlyMap<string, string>;

export interface PrepareRequest {
  /** The values for one document only, by its index, since a document may be given more than once; they win over those for all. */
  readonly parametersOf: (index: number) => ParameterValues;
  /** The values for every document. */
  readonly parameters: ParameterValues;
  readonly phases: readonly string[] | undefined;
  /** The help where a parameter has no value. */
  readonly howToGive?: HowToGive;
}

export interface PreparedComponents {
  readonly prepared: readonly PreparedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Given names that no document knows. */
  readonly unused: readonly string[];
}

/** Gives the parameters of checked documents their values, and reports what stands in the way of this particular run. */
export function prepareComponents(
  documents: CheckedComponents["documents"],
  { parametersOf, parameters, phases, howToGive }: PrepareRequest,
): PreparedComponents {
  const diagnostics: Diagnostic[] = [];
  const prepared: PreparedDocument[] = [];
  const unused = new Set(
    unusedParameters(
      documents.filter((document) => document !== undefined),
      parameters.keys(),
    ),
  );
  for (const [index, document] of documents.entries()) {
    if (document === undefined) continue;
    const own = parametersOf(index);
    const bound = bindVariables(document, [own, parameters], howToGive);
    diagnostics.push(...bound.diagnostics, ...checkPhaseSelection(document, phases));
    for (const name of unusedParameters([document], own.keys())) unused.add(name);
    prepared.push({ document, variables: bound.variables });
  }
  return { prepared: hasErrors(diagnostics) ? [] : prepared, diagnostics, unused: [...unused].sort() };
}
