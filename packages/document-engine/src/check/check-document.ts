import { PLATFORMS } from "@imagewright/action-contract";
import { DiagnosticCollector, listOf, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import type { ParsedText } from "@imagewright/yaml-syntax";
import { checkReferences } from "../references/check-references.js";
import type { ComponentDocument } from "../syntax/document.js";
import { parseDocument, type ParsedDocument } from "../syntax/read-document.js";
import { checkAction } from "./check-actions.js";
import { constantsOf } from "./bind-variables.js";
import { checkStepCondition } from "./check-conditions.js";
import type { CheckedDocument, CheckedFor, CheckOptions } from "./checked-document.js";
import { checkKnownValues } from "./check-known-values.js";
import { likelyPlatform } from "./likely-platform.js";

export interface CheckedText extends ParsedDocument {
  readonly document: CheckedDocument | undefined;
}

const USUAL_PHASES = ["build", "validate", "test"];

/**
 * Reads a document and reports every fault that can be found before it runs: its form, its actions and their inputs, its references, and
 * the faults of those whose values are known. `parsed` is as for `parseDocument`. What has no errors here is what runs, once
 * `bindVariables` has given its parameters values.
 */
export function checkDocument(source: SourceFile, options: CheckOptions, parsed?: ParsedText): CheckedText {
  const { document, diagnostics } = parseDocument(source, parsed);
  if (document === undefined) return { document, diagnostics };
  const { registry } = options;
  const platforms = options.platforms ?? [likelyPlatform(document, registry)];
  const checkedFor = { registry, platforms: platforms.length > 0 ? platforms : PLATFORMS };
  const found = new DiagnosticCollector();
  found.add(diagnostics);
  found.add(checkMeaning(document, checkedFor));
  return { document: { ...document, checkedFor }, diagnostics: found.diagnostics };
}

function checkMeaning(document: ComponentDocument, checkedFor: CheckedFor): Diagnostic[] {
  const found = new DiagnosticCollector();
  for (const step of document.phases.flatMap((phase) => phase.steps)) {
    checkAction(step, checkedFor, found);
    checkStepCondition(step, found);
  }
  checkReferences(document, checkedFor, found);
  found.add(checkKnownValues(document, checkedFor, constantsOf(document)));
  const [first] = document.phases;
  if (first !== undefined && !document.phases.some((phase) => USUAL_PHASES.includes(phase.name.text))) {
    found.warning(
      "no-usual-phase",
      first.name.span,
      `the document has none of the phases ${listOf(USUAL_PHASES)}; an image build runs no others`,
    );
  }
  return found.diagnostics;
}
