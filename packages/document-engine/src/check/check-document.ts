import { PLATFORMS } from "@imagewright/action-contract";
import { DiagnosticCollector, listOf, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import type { ParsedText } from "@imagewright/yaml-syntax";
import { checkReferences } from "../references/check-references.js";
import type { ComponentDocument } from "../syntax/document.js";
import { parseDocument, type ParsedDocument } from "../syntax/read-document.js";
import { checkAction } from "./check-actions.js";
import { constantsOf } from "./bind-variables.js";
import { checkStepCondition } from "./check-conditions.js";
import type { CheckedDocument, CheckedFor, CheckOptions } from "./checked-document.js";
import { checkKnownValues } from "./check-known-values.js";
import { checkStages } from "./check-phases.js";
import { withoutInherited } from "./inherited-faults.js";
import { likelyPlatform } from "./likely-platform.js";

export interface CheckedText extends ParsedDocument {
  readonly document: CheckedDocument | undefined;
}

const USUAL_PHASES = ["build", "validate", "test"];
// beside these, the tests of a container image run one on the machine that has the container
const PHASES_OF_BUILDS: readonly string[] = [...USUAL_PHASES, "container-host-test"];

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
  found.add(checkMeaning(document, checkedFor, diagnostics));
  return { document: { ...document, checkedFor }, diagnostics: found.diagnostics };
}

function checkMeaning(document: ComponentDocument, checkedFor: CheckedFor, form: readonly Diagnostic[]): Diagnostic[] {
  const found = new DiagnosticCollector();
  for (const step of document.phases.flatMap((phase) => phase.steps)) {
    checkAction(step, checkedFor, found);
    checkStepCondition(step, found);
  }
  checkReferences(document, checkedFor, found);
  const known = checkKnownValues(document, checkedFor, constantsOf(document));
  found.add(withoutInherited(known, document, [...form, ...found.diagnostics]));
  const errors = new Set([...form, ...found.diagnostics].filter(({ severity }) => severity === "error").map(({ span }) => span.start));
  found.add(checkStages(document).filter(({ span }) => !errors.has(span.start)));
  const [first] = document.phases;
  const isUsual = (name: string) => PHASES_OF_BUILDS.includes(name);
  // a reference to one of them says more
  const isMissed = found.diagnostics.some(({ message }) => USUAL_PHASES.some((name) => message.startsWith(`unknown phase ${quote(name)}`)));
  if (first !== undefined && !isMissed && !document.unread.has("phases") && !document.phases.some(({ name }) => isUsual(name.text))) {
    found.warning(
      "no-usual-phase",
      first.name.span,
      `the document has none of the phases ${listOf(USUAL_PHASES)}; an image build runs no others`,
    );
  }
  return found.diagnostics;
}
