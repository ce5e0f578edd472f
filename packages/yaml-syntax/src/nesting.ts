import type { DiagnosticCollector, Span } from "@imagewright/diagnostics";

/** How many lists and mappings may stand one inside the other. */
export const DEEPEST_NESTING = 100;

export function tooDeep(found: DiagnosticCollector, span: Span): void {
  found.error("yaml-too-deep", span, `the text is nested too deeply; ${DEEPEST_NESTING} levels are allowed`);
}
