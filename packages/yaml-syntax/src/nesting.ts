import type { DiagnosticCollector, Span } from "@imagewright/diagnostics";

/** The maximum nesting of lists and mappings. */
export const DEEPEST_NESTING = 100;

export function tooDeep(found: DiagnosticCollector, span: Span): void {
  found.error("yaml-too-deep", span, `the text is nested too deeply; ${DEEPEST_NESTING} levels are allowed`);
}
