import type { Diagnostic } from "@imagewright/diagnostics";

/** Faults as one line each: place, message, code, help. */
export function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, message, span, help }) => `${span.start}-${span.end} ${message} [${code}]${help === undefined ? "" : ` ${help}`}`,
  );
}
