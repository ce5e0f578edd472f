import { CLIError } from "./oclif.js";

/** The exit code of a command line that is wrong. */
export const WRONG_USAGE = 2;

/** What to throw where a flag's value is wrong: it ends the command with exit code 2. */
export function wrongUsage(message: string): Error {
  return new CLIError(message, { exit: WRONG_USAGE });
}
