/** The exit code of a command line that is wrong. */
export const WRONG_USAGE = 2;

/** The command line is wrong: a command, a flag, an argument or the value of a flag. It ends the command with exit code 2. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

/** The error for a wrong command line. */
export function wrongUsage(message: string): WrongUsage {
  return new WrongUsage(message);
}
