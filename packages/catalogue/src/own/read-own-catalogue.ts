import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { DiagnosticCollector, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { slugOf } from "@imagewright/imagebuilder-model";
import { describeTextFault, readTextFile } from "@imagewright/node-host";
import { checkData, openData, type DataReport } from "@imagewright/yaml-syntax";
import type { CatalogueComponent, CatalogueWorkflow } from "../catalogue.js";
import type { OwnEntries } from "../with-own-entries.js";
import { CATALOGUE_SCHEMA, type WrittenCatalogue } from "./catalogue-schema.js";
import { checkCatalogueComponent, checkCatalogueWorkflow } from "./check-document.js";
import { readDocument } from "./read-document.js";

/** The file in a folder of one's own that lists its entries. */
export const CATALOGUE_FILE = "catalogue.yaml";

const LARGEST_LIST = 256 * 1024;

/** The entries of a folder of one's own; undefined if it has faults. */
export interface OwnCatalogue {
  readonly entries: OwnEntries | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `catalogue.yaml` in a folder and the documents that it lists, which are checked as for a run. All faults are diagnostics, each with
 * its place in the list or in a document. Nothing outside of the folder is read. Throws nothing.
 */
export async function readOwnCatalogue(folder: string): Promise<OwnCatalogue> {
  const found = new DiagnosticCollector();
  const path = join(folder, CATALOGUE_FILE);
  const read = await readTextFile(path, { largest: LARGEST_LIST });
  const source = new SourceFile(path, "text" in read ? read.text : "");
  if ("fault" in read) {
    found.error(
      "catalogue-not-readable",
      { source, start: 0, end: 0 },
      `the list of the catalogue cannot be read: ${describeTextFault(read.fault)}`,
    );
    return { entries: undefined, diagnostics: found.diagnostics };
  }
  const input = openData(source, path, found);
  if (input === undefined) return { entries: undefined, diagnostics: found.diagnostics };
  const { value, report } = checkData<WrittenCatalogue>(input, found, CATALOGUE_SCHEMA, { what: "the catalogue", rules: reportDoubles });
  if (value === undefined) return { entries: undefined, diagnostics: found.diagnostics };
  const entries = await readEntries(await realpath(folder), value, report);
  const diagnostics = [...found.diagnostics, ...entries.diagnostics];
  return { entries: diagnostics.some(({ severity }) => severity === "error") ? undefined : entries, diagnostics };
}

async function readEntries(
  folder: string,
  { components = [], workflows = [] }: WrittenCatalogue,
  report: DataReport,
): Promise<OwnEntries & { readonly diagnostics: readonly Diagnostic[] }> {
  const read: { components: CatalogueComponent[]; workflows: CatalogueWorkflow[]; diagnostics: Diagnostic[] } = {
    ...{ components: [], workflows: [], diagnostics: [] },
  };
  for (const [index, { document, ...entry }] of components.entries()) {
    const source = await readDocument(folder, document, report, ["components", index, "document"]);
    if (source === undefined) continue;
    const { description, diagnostics } = checkCatalogueComponent(source, entry.platform);
    read.diagnostics.push(...diagnostics);
    read.components.push({ ...(description !== undefined && { description }), ...entry, text: source.text, file: source.name });
  }
  for (const [index, { document, ...entry }] of workflows.entries()) {
    const source = await readDocument(folder, document, report, ["workflows", index, "document"]);
    if (source === undefined) continue;
    const { description, diagnostics } = checkCatalogueWorkflow(source, entry.type);
    read.diagnostics.push(...diagnostics);
    read.workflows.push({ ...(description !== undefined && { description }), ...entry, text: source.text, file: source.name });
  }
  return read;
}

/** A version of a name has one document. */
function reportDoubles({ components = [], workflows = [] }: WrittenCatalogue, report: DataReport): void {
  const places = new Map<string, readonly (string | number)[]>();
  const check = (key: string, path: readonly (string | number)[], what: string) => {
    const first = places.get(key);
    if (first === undefined) places.set(key, path);
    else report.error("duplicate-entry", path, `${what} is listed twice; allowed: once`, { related: report.related(first, "first here") });
  };
  for (const [index, { name, semanticVersion }] of components.entries())
    check(
      `component/${slugOf(name)}/${semanticVersion}`,
      ["components", index, "name"],
      `version ${semanticVersion} of component ${slugOf(name)}`,
    );
  for (const [index, { name, semanticVersion, type }] of workflows.entries())
    check(
      `${type}/${slugOf(name)}/${semanticVersion}`,
      ["workflows", index, "name"],
      `version ${semanticVersion} of ${type} workflow ${slugOf(name)}`,
    );
}
