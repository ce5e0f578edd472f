import {
  describeCause,
  isImagewrightError,
  safe,
  safeLines,
  showDiagnostics,
  type Diagnostic,
  type SafeText,
} from "@imagewright/diagnostics";
import { renderError } from "../render/error.js";

/** The documents or the recipe have faults, which have been shown. */
export class FaultsFound extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super("the input has faults");
  }
}

/** What ends a command: an error of a package, of oclif, or an internal one. */
export type CommandFailure = Error & { readonly code?: unknown; readonly oclif?: { readonly exit?: number } };

/** The exit code of a failure: 1 for faults and failed operations, 3 for internal errors; oclif's own say theirs. */
export function exitCodeOfFailure(thrown: CommandFailure): number {
  if (thrown instanceof FaultsFound || isImagewrightError(thrown)) return 1;
  return thrown.oclif?.exit ?? 3;
}

/** A failure for people, with its hints. Ends with a line break, unless it is empty. */
export function failureText(thrown: CommandFailure, color: boolean): SafeText {
  if (thrown instanceof FaultsFound) return showDiagnostics(thrown.diagnostics, { color });
  if (isImagewrightError(thrown)) return renderError(thrown);
  // the end of a command that has printed what there is to say
  if (thrown.code === "EEXIT") return safe``;
  if (thrown.oclif?.exit !== undefined) return thrown.oclif.exit === 0 ? safe`` : safe`${safeLines(thrown.message)}\n`;
  return safe`internal error: ${safeLines(thrown.stack ?? describeCause(thrown))}\n`;
}
