import type { Catalogue } from "@imagewright/catalogue";
import { unknownName } from "@imagewright/diagnostics";
import { catalogueEntries, type CatalogueEntry } from "../render/catalogue.js";

/** An entry of the catalogue with what it consists of. */
export interface ShownEntry extends CatalogueEntry {
  /** Null for a base image. */
  readonly document: string | null;
  /** Of a base image: what a machine of it is launched from. */
  readonly parentImage: string | null;
}

/** The entry of a name; of several versions or types the last that is listed. Or why there is none. */
export function findEntry(catalogue: Catalogue, name: string): ShownEntry | { readonly unknown: string } {
  const entries = catalogueEntries(catalogue);
  const contents = [
    ...[...catalogue.components, ...catalogue.workflows].map(({ text }) => ({ document: text, parentImage: null })),
    ...catalogue.baseImages.map(({ parentImage }) => ({ document: null, parentImage })),
  ];
  const index = entries.map((entry) => entry.name).lastIndexOf(name);
  const [entry, content] = [entries[index], contents[index]];
  if (entry !== undefined && content !== undefined) return { ...entry, ...content };
  return { unknown: unknownName("entry of the catalogue", name, new Set(entries.map((known) => known.name))) };
}
