import { dirname } from "node:path";
import { DiagnosticCollector, isImagewrightError, type Diagnostic } from "@imagewright/diagnostics";
import { readCommandDocuments, type CommandDocument } from "@imagewright/step-actions";
import type { Recipe } from "../recipe/recipe.js";
import { resolveLocation } from "./locations.js";

export interface PlannedCommandDocuments {
  /** By their names; undefined if the recipe names no folder. */
  readonly commandDocuments?: Readonly<Record<string, CommandDocument>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the command documents in the folder that a recipe names, with the faults of all. */
export async function planCommandDocuments({ commandDocuments: folder, source }: Recipe): Promise<PlannedCommandDocuments> {
  if (folder === undefined) return { diagnostics: [] };
  try {
    const { documents, diagnostics } = await readCommandDocuments(resolveLocation(folder.path, dirname(source.name)));
    return { commandDocuments: Object.fromEntries(documents), diagnostics };
  } catch (thrown) {
    if (!isImagewrightError(thrown)) throw thrown;
    const found = new DiagnosticCollector();
    found.error(thrown.localCode, folder.span, thrown.message);
    return { diagnostics: found.diagnostics };
  }
}
