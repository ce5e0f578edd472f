import type { Diagnostic } from "@imagewright/diagnostics";

const MOST_FAULTS = 10;

/** The errors among diagnostics as one text, with their lines and columns in the document; undefined if there are none. */
export function faultsIn(diagnostics: readonly Diagnostic[]): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return undefined;
  const told = errors.slice(0, MOST_FAULTS).map(({ message, span, help }) => {
    const { line, column } = span.source.position(span.start);
    return `${line}:${column}: ${message}${help === undefined ? "" : ` (${help})`}`;
  });
  const more = errors.length > told.length ? [`${errors.length - told.length} more`] : [];
  return [...told, ...more].join("; ");
}
