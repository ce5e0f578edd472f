import type { Diagnostic, Span } from "@imagewright/diagnostics";

/** The refusal of a recipe that has workflows of its own; nothing for one without. */
export function aboutOwnWorkflows(place: Span | undefined): readonly Diagnostic[] {
  if (place === undefined) return [];
  const message = '"workflows" of a recipe are checked, but ib build does not run them yet';
  const help = "leave them out for the build of the default workflows; ib workflow simulate shows what the documents would do";
  return [{ code: "workflows-not-run", severity: "error", message, span: place, help }];
}
