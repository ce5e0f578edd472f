import { safe, wantsColor, type SafePart, type SafeText } from "@imagewright/diagnostics";
import { knownColumns } from "./known-columns.js";
import { LiveLines } from "./live-lines.js";

// a dumb terminal cannot go back on what is written
const live = new LiveLines(process.env["TERM"] === "dumb" ? { write: (text) => process.stderr.write(text) } : process.stderr);

/**
 * The terminal of this process, and the only place of `ib` that writes to it. It takes text in which nothing external is raw: results go to
 * standard output, everything else to standard error.
 */
export const terminal = {
  out: (text: SafeText): void => void process.stdout.write(String(text)),
  err: (text: SafeText): void => live.write(String(text)),
  /** Calls back when both outputs have been written. */
  flush: (done: () => void): void => void process.stdout.write("", () => void process.stderr.write("", () => done())),
  /** The lines at the end of standard error that show what is running. */
  live,
  /** Whether each has colours. */
  outColor: wantsColor(process.stdout, process.env),
  errColor: wantsColor(process.stderr, process.env),
  /** The width of a terminal as standard output; undefined for files and pipes. */
  outColumns: knownColumns(process.stdout),
};

/** A message on a line of its own, on standard error. */
export type Say = (text: SafeText) => void;

/** Ends a text with a line break. */
export function line(part: SafePart): SafeText {
  return safe`${part}\n`;
}
