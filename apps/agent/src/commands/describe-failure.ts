import type { RunResult } from "@imagewright/document-engine";

/** What a person needs to know about the step that ended a run: where it stands, how it ended, its last lines, the logs, what to try. */
export function describeFailure(result: RunResult, logFolder: string): string {
  const lines: string[] = [];
  for (const document of result.documents) {
    for (const phase of document.phases) {
      for (const step of phase.steps.filter(({ status }) => status === "failed")) {
        lines.push(`${document.filePath}:${step.line}: step "${step.name}" of phase "${phase.name}" (${step.action}) failed: ${step.failureMessage}`);
        if (step.lastLines.length > 0) lines.push("  its last output:", ...step.lastLines.map((line) => `    ${line}`));
        lines.push(...step.hints.map((hint) => `  try: ${hint}`));
      }
    }
  }
  if (result.cancelled) lines.push("the run was cancelled");
  lines.push(`  logs: ${logFolder}`, "");
  return lines.join("\n");
}
