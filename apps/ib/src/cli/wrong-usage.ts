import { Errors } from "@oclif/core";

/** What to throw where a flag's value is wrong: it ends the command with exit code 2. */
export function wrongUsage(message: string): Error {
  return new Errors.CLIError(message, { exit: 2 });
}
