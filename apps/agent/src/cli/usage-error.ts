import { safeLines, type SafeText } from "@imagewright/diagnostics";

/** The command line is wrong. */
export class UsageError extends Error {
  /** The message for a terminal. */
  readonly shown: SafeText;

  constructor(message: string | SafeText) {
    super(String(message));
    this.shown = typeof message === "string" ? safeLines(message) : message;
  }
}
