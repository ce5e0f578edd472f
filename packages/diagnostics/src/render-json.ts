import type { Diagnostic, Severity } from "./diagnostic.js";
import { inFile, type Span } from "./span.js";

/** A span for programs; lines and columns start at 1, the end is exclusive. */
export interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly (JsonPlace & { readonly message: string })[];
}

/** Diagnostics as plain data for `--json` output. */
export function toJson(diagnostics: readonly Diagnostic[]): JsonDiagnostic[] {
  return diagnostics.map(({ code, severity, message, span, help, related }) => ({
    ...jsonPlace(span),
    code,
    severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined ? {} : { related: related.map((place) => ({ ...jsonPlace(place.span), message: place.message })) }),
  }));
}

function jsonPlace(place: Span): JsonPlace {
  const span = inFile(place);
  const start = span.source.position(span.start);
  const end = span.source.position(Math.max(span.end, span.start));
  return { file: span.source.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
