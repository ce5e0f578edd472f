import {
  describeCause,
  isImagewrightError,
  joinSafe,
  safe,
  safeLines,
  showDiagnostics,
  type Diagnostic,
  type ImagewrightError,
  type SafeText,
} from "@imagewright/diagnostics";
import { renderError } from "../render/error.js";
import { hintAsTyped } from "../sudo/as-typed.js";
import { WrongUsage, WRONG_USAGE } from "./wrong-usage.js";

interface SeveralFiles {
  /** What could not be read. */
  readonly failures: readonly ImagewrightError[];
  /** A line at the end. */
  readonly summary: string;
}

/** The documents or the recipe have faults. `several`: where several files were given, what else there is to say about them. */
export class FaultsFound extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    readonly several?: SeveralFiles,
  ) {
    super("the input has faults");
  }
}

/** What ends a command: an error of a package, of oclif, or an internal one. */
export type CommandFailure = Error & { readonly code?: unknown; readonly oclif?: { readonly exit?: number } };

/** The exit code of a failure: 1 for faults and failed operations, 2 for wrong usage, 3 for internal errors; oclif's own say theirs. */
export function exitCodeOfFailure(thrown: CommandFailure): number {
  if (thrown instanceof FaultsFound || isImagewrightError(thrown)) return 1;
  return thrown instanceof WrongUsage ? WRONG_USAGE : (thrown.oclif?.exit ?? 3);
}

/** What can be done about wrong usage. `command` has the words of the command; it is empty where no command is known. */
export function usageHints(command: string): readonly string[] {
  return [["ib", command, "--help"].filter((word) => word !== "").join(" ")];
}

/** A failure for people, with its hints. Ends with a line break, unless it is empty. */
export function failureText(thrown: CommandFailure, { color, command }: { readonly color: boolean; readonly command: string }): SafeText {
  if (thrown instanceof FaultsFound) {
    const { failures = [], summary } = thrown.several ?? {};
    const shown = [showDiagnostics(thrown.diagnostics, { color }), ...failures.map(renderError)];
    return joinSafe([...shown, summary === undefined ? safe`` : safe`${summary}\n`]);
  }
  if (isImagewrightError(thrown)) return renderError(thrown);
  if (thrown instanceof WrongUsage) return safe`${safeLines(thrown.message)}\n${tries(usageHints(command))}`;
  // the end of a command that has printed what there is to say
  if (thrown.code === "EEXIT") return safe``;
  if (thrown.oclif?.exit !== undefined) return thrown.oclif.exit === 0 ? safe`` : safe`${safeLines(thrown.message)}\n`;
  return safe`internal error: ${safeLines(thrown.stack ?? describeCause(thrown))}\n`;
}

function tries(hints: readonly string[]): SafeText {
  return joinSafe(hints.map((hint) => safe`  try: ${hintAsTyped(hint)}\n`));
}
