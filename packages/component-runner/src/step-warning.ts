import { joinSafe, safe, safeLines, type SafeText, type Styles } from "@imagewright/diagnostics";
import type { RunResult, StepWarning } from "@imagewright/document-engine";

/** A warning about a run of a step, and the document as it was named to the run. */
export interface PlacedWarning {
  readonly document: string;
  readonly warning: StepWarning;
}

/** The warnings of a run in the order of its steps: those of a document that a step has run come before that step's own. */
export function warningsOf({ documents }: RunResult): PlacedWarning[] {
  return documents.flatMap(({ filePath: document, phases }) =>
    phases.flatMap(({ steps }) =>
      steps.flatMap(({ nested, warnings = [] }) => [...nested.flatMap(warningsOf), ...warnings.map((warning) => ({ document, warning }))]),
    ),
  );
}

/** A warning for people: `file:line: warning: message`, and what to try. Each line begins with the indent; no line break at the end. */
export function renderWarning(
  { document, warning: { line, message, hints } }: PlacedWarning,
  { bold, yellow }: Styles,
  indent = "",
): SafeText {
  const lines = [
    safe`${indent}${bold(`${document}:${line}`)}: ${yellow("warning")}: ${safeLines(message, `${indent}  `)}`,
    ...hints.map((hint) => safe`${indent}  try: ${hint}`),
  ];
  return joinSafe(lines, "\n");
}
