import { DiagnosticCollector, quote, type Diagnostic } from "@imagewright/diagnostics";
import { placeOfReference } from "../references/place.js";
import { hasReferences, parseTemplate } from "../references/template.js";
import type { ComponentDocument, Phase } from "../syntax/document.js";
import { walkScalars } from "../syntax/walk.js";

/** The phases of a document that a run takes, in the order of the document; all of them where none are named. */
export function selectPhases(document: ComponentDocument, names: readonly string[] | undefined): readonly Phase[] {
  return names === undefined ? document.phases : document.phases.filter((phase) => names.includes(phase.name.text));
}

/** Reports references to outputs of phases that this run leaves out: they cannot be known when the step runs. */
export function checkPhaseSelection(document: ComponentDocument, names: readonly string[] | undefined): Diagnostic[] {
  const found = new DiagnosticCollector();
  const selected = selectPhases(document, names);
  const left = new Set(document.phases.filter((phase) => !selected.includes(phase)).map((phase) => phase.name.text));
  if (left.size === 0) return [];
  for (const step of selected.flatMap((phase) => phase.steps)) {
    walkScalars(step.inputs, (scalar) => {
      if (!hasReferences(scalar.text)) return;
      for (const part of parseTemplate(scalar.text)) {
        if (typeof part === "string" || part.target.kind !== "chain" || part.target.side !== "outputs" || !left.has(part.target.phase)) continue;
        found.error("phase-not-run", placeOfReference(scalar, part.ordinal), `the reference leads to phase ${quote(part.target.phase)}, which is not part of this run`);
      }
    });
  }
  return found.diagnostics;
}
