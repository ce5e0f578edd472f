/** The agent's output: results on standard output, everything else on standard error. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string | Uint8Array) => void;
  readonly color: boolean;
}

// a reader that sleeps must not fill the memory
const MOST_PENDING_BYTES = 64 << 20;

/** The terminal of this process. What a reader does not take while very much is waiting for it is left out. */
export const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void (process.stderr.writableLength < MOST_PENDING_BYTES && process.stderr.write(text)),
  color: process.stderr.isTTY && process.env["NO_COLOR"] === undefined,
};

/** Prints a result as JSON, indented by two spaces. */
export function printResult(result: unknown, { out }: Terminal): void {
  out(`${JSON.stringify(result, null, 2)}\n`);
}
