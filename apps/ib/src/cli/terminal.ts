import { safe, wantsColor, type SafePart, type SafeText } from "@imagewright/diagnostics";

const NARROWEST = 20;

/**
 * The terminal of this process, and the only place of `ib` that writes to it. It takes text in which nothing external is raw: results go to
 * standard output, everything else to standard error.
 */
export const terminal = {
  out: (text: SafeText): void => void process.stdout.write(String(text)),
  err: (text: SafeText): void => void process.stderr.write(String(text)),
  /** Calls back when standard output has been written. */
  flush: (done: () => void): void => void process.stdout.write("", done),
  /** The stream of live lines, for `Progress`. */
  live: process.stderr,
  /** Whether each has colours. */
  outColor: wantsColor(process.stdout, process.env),
  errColor: wantsColor(process.stderr, process.env),
  /** The width of a terminal as standard output; undefined for files and pipes. */
  outColumns: columnsOf(process.stdout),
};

/** A terminal that does not know its width says 0. */
function columnsOf({ isTTY, columns }: NodeJS.WriteStream): number | undefined {
  return isTTY && columns >= NARROWEST ? columns : undefined;
}

/** A message on a line of its own, on standard error. */
export type Say = (text: SafeText) => void;

/** Ends a text with a line break. */
export function line(part: SafePart): SafeText {
  return safe`${part}\n`;
}
