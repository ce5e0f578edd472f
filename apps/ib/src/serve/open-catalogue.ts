import { BUILT_IN_CATALOGUE, readOwnCatalogue, withOwnEntries, type Catalogue } from "@imagewright/catalogue";
import type { Diagnostic } from "@imagewright/diagnostics";

/** What comes with the service, with the entries of a folder of one's own, if one is named. Faults in it are reported. */
export async function openCatalogue(folder: string | undefined, report: (found: readonly Diagnostic[]) => void): Promise<Catalogue> {
  if (folder === undefined) return BUILT_IN_CATALOGUE;
  const { entries, diagnostics } = await readOwnCatalogue(folder);
  report(diagnostics);
  return entries === undefined ? BUILT_IN_CATALOGUE : withOwnEntries(entries);
}
