import { describeCause, isImagewrightError, joinSafe, safe, safeLines } from "@imagewright/diagnostics";
import type { Terminal } from "../terminal.js";
import { EXIT } from "./exit-codes.js";
import { UsageError } from "./usage-error.js";

/** Reports an error and its hints on standard error. Returns the exit code. */
export function explainFailure(thrown: unknown, { err }: Terminal): number {
  if (thrown instanceof UsageError) {
    err(safe`${thrown.shown}\nib-agent --help shows what is allowed\n`);
    return EXIT.usage;
  }
  if (isImagewrightError(thrown)) {
    const hints = joinSafe(thrown.hints.map((hint) => safe`  try: ${hint}\n`));
    err(safe`error: ${safeLines(thrown.message)} [${thrown.code}]\n${hints}`);
    return EXIT.failed;
  }
  err(safe`internal error: ${safeLines(thrown instanceof Error ? (thrown.stack ?? thrown.message) : describeCause(thrown))}\n`);
  return EXIT.internal;
}
