import type { FailedStep } from "@imagewright/image-build";
import type { Palette } from "./palette.js";

/** A failed step as a person needs it: where it stands, how it ended, its last lines, what to try. */
export function renderFailedStep({ document, phase, result }: FailedStep, palette: Palette): string {
  const lines = [
    `${palette.bold(`${document}:${result.line}`)}: ${palette.red("failed")}: step "${result.name}" of phase "${phase}" (${result.action})`,
    `  ${result.failureMessage}${result.attempts > 1 ? ` (attempt ${result.attempts} of ${result.maxAttempts})` : ""}`,
  ];
  if (result.lastLines.length > 0)
    lines.push("  its last output:", ...result.lastLines.map((line) => `    ${palette.dim("|")} ${printable(line)}`));
  lines.push(...result.hints.map((hint) => `  try: ${hint}`));
  return `${lines.join("\n")}\n`;
}

/** What a command prints may have control sequences; they are not played back. */
function printable(line: string): string {
  // eslint-disable-next-line no-control-regex
  return line.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
