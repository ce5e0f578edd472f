import { createStyles, joinSafe, quote, safe, safeLines, shownOutput, type SafeText } from "@imagewright/diagnostics";
import type { RunResult, StepResult } from "@imagewright/document-engine";

/** A step that failed, and where. */
export interface FailedStep {
  /** The document as it was named to the run. */
  readonly document: string;
  readonly phase: string;
  readonly result: Pick<StepResult, "name" | "action" | "failureMessage" | "attempts" | "maxAttempts" | "hints" | "lastLines" | "line">;
}

/** The failed steps of a run in the order in which they ended: those of a document that a step has run come before that step. */
export function failedSteps({ documents }: RunResult): FailedStep[] {
  return documents.flatMap((document) =>
    document.phases.flatMap((phase) =>
      phase.steps
        .filter(({ status }) => status === "failed")
        .flatMap((result) => [...result.nested.flatMap(failedSteps), { document: document.filePath, phase: phase.name, result }]),
    ),
  );
}

export interface FailedStepOptions {
  readonly color?: boolean;
  /** Whether the last output is shown as it was printed, with what a terminal obeys. */
  readonly raw?: boolean;
}

/** A failed step for people: `file:line: failed: step`, how it ended, its last output, what to try. Ends with a line break. */
export function renderFailedStep(
  { document, phase, result }: FailedStep,
  { color = false, raw = false }: FailedStepOptions = {},
): SafeText {
  const { bold, dim, red } = createStyles(color);
  const { name, action, line: place, failureMessage, attempts, maxAttempts, lastLines, hints } = result;
  const lines = [
    safe`${bold(`${document}:${place}`)}: ${red("failed")}: step ${quote(name)} of phase ${quote(phase)} (${action})`,
    safe`  ${safeLines(failureMessage, "    ")}${attempts > 1 ? ` (attempt ${attempts} of ${maxAttempts})` : ""}`,
    ...(lastLines.length > 0 ? [safe`  its last output:`] : []),
    ...lastLines.map((line) => safe`    ${dim("|")} ${shownOutput(line, { raw })}`),
    ...hints.map((hint) => safe`  try: ${hint}`),
  ];
  return safe`${joinSafe(lines, "\n")}\n`;
}
