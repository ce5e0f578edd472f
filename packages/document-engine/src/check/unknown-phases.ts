import { listOf, nearest, quote } from "@imagewright/diagnostics";
import type { ComponentDocument } from "../syntax/document.js";

/** A sentence for each wanted phase that none of the documents has: a run without it does nothing, and does not fail. */
export function describeUnknownPhases(documents: readonly ComponentDocument[], wanted: readonly string[] | undefined): string[] {
  const known = new Set(documents.flatMap(({ phases }) => phases.map(({ name }) => name.text)));
  return [...new Set(wanted)]
    .filter((name) => !known.has(name))
    .map((name) => {
      const meant = nearest(name, known);
      const has = known.size === 0 ? "they have none" : `they have ${listOf(known, "and")}`;
      return `no document has the phase ${quote(name)}; ${has}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`;
    });
}
