import { CLIError } from "./oclif.js";

/** What to throw where a flag's value is wrong: it ends the command with exit code 2. */
export function wrongUsage(message: string): Error {
  return new CLIError(message, { exit: 2 });
}
