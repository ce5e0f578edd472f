import { escapeControls } from "@imagewright/diagnostics";
import type { RunResult, StepResult } from "@imagewright/document-engine";
import { createColors } from "picocolors";

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

/** A failed step for people: `file:line: failed: step`, how it ended, its last output, what to try. Ends with a line break. */
export function renderFailedStep({ document, phase, result }: FailedStep, { color = false }: { readonly color?: boolean } = {}): string {
  const palette = createColors(color);
  const attempts = result.attempts > 1 ? ` (attempt ${result.attempts} of ${result.maxAttempts})` : "";
  const where = palette.bold(`${escapeControls(document)}:${result.line}`);
  const lines = [
    `${where}: ${palette.red("failed")}: step "${result.name}" of phase "${escapeControls(phase)}" (${result.action})`,
    `  ${escapeControls(result.failureMessage)}${attempts}`,
  ];
  if (result.lastLines.length > 0)
    lines.push("  its last output:", ...result.lastLines.map((line) => `    ${palette.dim("|")} ${printable(line)}`));
  lines.push(...result.hints.map((hint) => `  try: ${escapeControls(hint)}`));
  return `${lines.join("\n")}\n`;
}

/** Removes control characters: the output of a command may contain control sequences for a terminal. */
function printable(line: string): string {
  // eslint-disable-next-line no-control-regex
  return line.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replace(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
}
