import type { RunResult } from "@imagewright/document-engine";

/** What a person needs to know about the steps that ended a run: where they stand, how they ended, their last lines, the logs, what to try. */
export function describeFailure(result: RunResult, logFolder: string): string {
  const lines = describeSteps(result);
  if (result.cancelled) lines.push("the run was cancelled");
  return [...lines, `  logs: ${logFolder}`, ""].join("\n");
}

/** The failed steps, each followed by those of the documents that it has run. */
function describeSteps({ documents }: RunResult): string[] {
  const lines: string[] = [];
  for (const document of documents) {
    for (const phase of document.phases) {
      for (const step of phase.steps.filter(({ status }) => status === "failed")) {
        lines.push(
          `${document.filePath}:${step.line}: step "${step.name}" of phase "${phase.name}" (${step.action}) failed: ${step.failureMessage}`,
        );
        if (step.lastLines.length > 0) lines.push("  its last output:", ...step.lastLines.map((line) => `    ${line}`));
        lines.push(...step.hints.map((hint) => `  try: ${hint}`));
        lines.push(...step.nested.flatMap(describeSteps).map((line) => `  ${line}`));
      }
    }
  }
  return lines;
}
