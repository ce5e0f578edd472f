import type { Catalogue } from "@imagewright/catalogue";
import { safe, type SafeText } from "@imagewright/diagnostics";
import type { UnknownRelease } from "../serve/follow-releases.js";
import { renderTable } from "./table.js";

/** An entry of the catalogue as it is listed. */
export interface CatalogueEntry {
  /** As in ARNs: `component`, `workflow/build`, `image`. */
  readonly type: string;
  readonly name: string;
  /** Null for a base image: its versions are the dates of its releases. */
  readonly version: string | null;
  readonly platform: string | null;
  /** The file of one's own; null for what comes with the program. */
  readonly file: string | null;
  readonly description: string;
}

/** All entries, by type. */
export function catalogueEntries({ components, workflows, baseImages }: Catalogue): readonly CatalogueEntry[] {
  return [
    ...components.map(({ name, semanticVersion: version, platform, file = null, description = "" }) => ({
      ...{ type: "component", name, version, platform, file, description },
    })),
    ...workflows.map(({ name, semanticVersion: version, type, file = null, description = "" }) => ({
      ...{ type: `workflow/${type.toLowerCase()}`, name, version, platform: null, file, description },
    })),
    ...baseImages.map(({ name, platform, description }) => ({
      ...{ type: "image", name, version: null, platform, file: null, description },
    })),
  ];
}

/** A line for each entry. */
export function renderCatalogue(entries: readonly CatalogueEntry[]): SafeText {
  const rows = entries.map(({ type, name, version, platform, description }) => [
    ...[type, name, version ?? "by date", platform ?? "any", description],
  ]);
  return renderTable(["TYPE", "NAME", "VERSION", "PLATFORM", "DESCRIPTION"], rows);
}

/** That the mirror does not say when a base image was released. */
export function describeUnknownRelease({ image, cause, newest }: UnknownRelease): SafeText {
  return safe`the base image ${image} ${newest === undefined ? "has no version yet" : `stays at ${newest}`}: ${cause}`;
}
