import type { ActionRegistry, Platform } from "@imagewright/action-contract";
import {
  bindVariables,
  checkDocument,
  checkPhaseSelection,
  describeUnknownPhases,
  unusedParameters,
  checkRunnable,
  type CheckedDocument,
  type CheckOptions,
  type HowToGive,
  type PreparedDocument,
} from "@imagewright/document-engine";
import { hasErrors, inFile, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { openDocuments, type Take } from "@imagewright/resource-files";
import { loadLocalDocument, type DocumentLoader } from "./load-document.js";

export interface CheckRequest {
  readonly locations: readonly string[];
  readonly registry: ActionRegistry;
  /** The platforms on which the documents are to run. If left out, each is checked for the platform that its actions suggest. */
  readonly platforms?: readonly Platform[] | undefined;
  readonly load?: DocumentLoader;
  /** Which documents are taken from templates, plans, requests and responses. Default "file": none. */
  readonly take?: Take;
}

export interface CheckedComponents {
  /**
   * In the order of the locations: one for each, or all documents of a template if `take` says so. Undefined if a location has none, which
   * is one of the diagnostics.
   */
  readonly documents: readonly (CheckedDocument | undefined)[];
  /** The names of the documents that were found. */
  readonly names: readonly string[];
  /** The faults of all documents, document by document. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads documents and reports all faults that can be found before they run. Throws if one cannot be loaded. */
export async function checkComponents({
  locations,
  registry,
  platforms,
  load = loadLocalDocument,
  take = "file",
}: CheckRequest): Promise<CheckedComponents> {
  const sources = await Promise.all(locations.map((location) => load(location)));
  return joinChecked(sources.map((source) => checkFile(source, { registry, platforms }, take)));
}

/** What was found in several files, as one. */
export function joinChecked(files: readonly CheckedComponents[]): CheckedComponents {
  return {
    documents: files.flatMap(({ documents }) => documents),
    names: files.flatMap(({ names }) => names),
    diagnostics: files.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Reports all faults of the documents in a file that can be found before they run. */
export function checkFile(source: SourceFile, options: CheckOptions, take: Take): CheckedComponents {
  const { documents: texts, diagnostics } = openDocuments(source, take);
  const checked = texts.map((text) => {
    const { document, diagnostics: faults } = checkDocument(text.source, options, text.parsed);
    return { document, faults: faults.filter(({ span }) => !text.isOpen(span)) };
  });
  const documents = checked.map(({ document }) => document);
  return {
    documents: documents.length === 0 && take !== "all" ? [undefined] : documents,
    names: texts.map(({ source: { name } }) => name),
    diagnostics: inOrder([...diagnostics, ...checked.flatMap(({ faults }) => faults)]),
  };
}

/** Sorts by place if all documents are in the same file. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const placed = diagnostics.map((diagnostic) => ({ diagnostic, place: inFile(diagnostic.span) }));
  if (placed.some(({ place }) => place.source !== placed[0]?.place.source)) return diagnostics;
  return placed.sort((a, b) => a.place.start - b.place.start).map(({ diagnostic }) => diagnostic);
}

/** Values by parameter name. */
export type ParameterValues = ReadonlyMap<string, string>;

export interface PrepareRequest {
  /** The values for one document only, by its index, since a document may be given more than once; they override those for all. */
  readonly parametersOf: (index: number) => ParameterValues;
  /** The values for every document. */
  readonly parameters: ParameterValues;
  readonly phases: readonly string[] | undefined;
  /** The help if a parameter has no value. */
  readonly howToGive?: HowToGive;
}

export interface PreparedComponents {
  readonly prepared: readonly PreparedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** The names of given parameters that no document defines. */
  readonly unused: readonly string[];
  /** A sentence for each given phase that no document has. */
  readonly unknownPhases: readonly string[];
}

/** Assigns values to the parameters of checked documents, and reports faults specific to this run. */
export function prepareComponents(
  documents: CheckedComponents["documents"],
  { parametersOf, parameters, phases, howToGive }: PrepareRequest,
): PreparedComponents {
  const diagnostics: Diagnostic[] = [];
  const prepared: PreparedDocument[] = [];
  const given = documents.filter((document) => document !== undefined);
  const unused = new Set(unusedParameters(given, parameters.keys()));
  for (const [index, document] of documents.entries()) {
    if (document === undefined) continue;
    const own = parametersOf(index);
    const bound = bindVariables(document, [own, parameters], howToGive);
    const { registry, platforms } = document.checkedFor;
    const notRunnable = platforms.flatMap((platform) => checkRunnable(document, phases, registry, platform));
    diagnostics.push(...bound.diagnostics, ...checkPhaseSelection(document, phases), ...notRunnable);
    for (const name of unusedParameters([document], own.keys())) unused.add(name);
    prepared.push({ document, variables: bound.variables });
  }
  // a document that could not be read may have the phase
  const isComplete = given.length === documents.length && given.every(({ unread }) => !unread.has("phases"));
  const unknownPhases = isComplete ? describeUnknownPhases(given, phases) : [];
  return { prepared: hasErrors(diagnostics) ? [] : prepared, diagnostics, unused: [...unused].sort(), unknownPhases };
}
