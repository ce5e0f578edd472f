import { CLIError } from "./oclif.js";

/** The exit code of a command line that is wrong. */
export const WRONG_USAGE = 2;

/** The error for a wrong flag value: it ends the command with exit code 2. */
export function wrongUsage(message: string): Error {
  return new CLIError(message, { exit: WRONG_USAGE });
}
