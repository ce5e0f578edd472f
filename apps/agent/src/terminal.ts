import { safe, safeJson, wantsColor, type SafeText } from "@imagewright/diagnostics";
import { TerminalOutput } from "./terminal-output.js";

/** The agent's output: results on standard output, everything else on standard error. It takes text in which nothing external is raw. */
export interface Terminal {
  readonly out: (text: SafeText) => void;
  readonly err: (text: SafeText) => void;
  /** Bytes as they are, for `--raw`. */
  readonly rawErr: (bytes: Uint8Array) => void;
  /** Calls `done` when the readers of both outputs have taken all, or have gone. */
  readonly flush: (done: () => void) => void;
  readonly color: boolean;
}

// a reader that sleeps must not fill the memory
const MOST_PENDING_BYTES = 64 << 20;

const stdout = new TerminalOutput("stdout");
const stderr = new TerminalOutput("stderr");
const tell = (content: string | Uint8Array) => void (stderr.pendingBytes < MOST_PENDING_BYTES && stderr.write(content));

/**
 * The terminal of this process, and the only place of the agent that writes to it. What a reader does not take while very much is waiting
 * for it is left out.
 */
export const terminal: Terminal = {
  out: (text) => stdout.write(String(text)),
  err: (text) => tell(String(text)),
  rawErr: tell,
  flush: (done) => stdout.flush(() => stderr.flush(done)),
  color: wantsColor(process.stderr, process.env),
};

/** Prints a result as JSON, indented by two spaces. */
export function printResult(result: unknown, { out }: Terminal): void {
  out(safe`${safeJson(result, 2)}\n`);
}
