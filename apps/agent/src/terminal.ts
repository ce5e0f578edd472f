import { safe, safeJson, wantsColor, type SafeText } from "@imagewright/diagnostics";

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

/**
 * The terminal of this process, and the only place of the agent that writes to it. What a reader does not take while very much is waiting
 * for it is left out.
 */
export const terminal: Terminal = {
  out: (text) => void process.stdout.write(String(text)),
  err: (text) => void (process.stderr.writableLength < MOST_PENDING_BYTES && process.stderr.write(String(text))),
  rawErr: (bytes) => void (process.stderr.writableLength < MOST_PENDING_BYTES && process.stderr.write(bytes)),
  flush: (done) => void process.stdout.write("", () => void process.stderr.write("", () => done())),
  color: wantsColor(process.stderr, process.env),
};

/** Prints a result as JSON, indented by two spaces. */
export function printResult(result: unknown, { out }: Terminal): void {
  out(safe`${safeJson(result, 2)}\n`);
}
