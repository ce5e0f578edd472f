import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import type { Terminal } from "../terminal.js";
import { EXIT } from "./exit-codes.js";
import { UsageError } from "./usage-error.js";

/** Reports an error and its hints on standard error. Returns the exit code. */
export function explainFailure(thrown: unknown, { err }: Terminal): number {
  if (thrown instanceof UsageError) {
    err(`${thrown.message}\nib-agent --help shows what is allowed\n`);
    return EXIT.usage;
  }
  if (isImagewrightError(thrown)) {
    err(`error: ${thrown.message} [${thrown.code}]\n${thrown.hints.map((hint) => `  try: ${hint}\n`).join("")}`);
    return EXIT.failed;
  }
  err(`internal error: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : describeCause(thrown)}\n`);
  return EXIT.internal;
}
