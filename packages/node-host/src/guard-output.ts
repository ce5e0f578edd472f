/** What became of this process's output. */
export interface GuardedOutput {
  /** Whether standard output could not be written, for another reason than that nobody reads it any more. */
  readonly hasFailed: boolean;
}

// the reader has closed the pipe, or the terminal is gone: nobody is left to tell
const NOBODY_READS = ["EPIPE", "ECONNRESET", "ENXIO", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"];

const REASONS: Readonly<Record<string, string>> = {
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file has reached the largest size that is allowed",
  EIO: "input/output error",
  ENOSPC: "no space left on the device",
};

/**
 * Lets no failure of standard output or standard error end this process: it goes on, and what it writes is lost. A reader that has gone, as
 * in `… | head -1`, is no failure. Anything else is reported once, by `onFailure`, and makes the exit code 1 if it would be 0.
 */
export function guardOutput(onFailure: (message: string) => void): GuardedOutput {
  const output = { hasFailed: false };
  replaceErrors(process.stdout, (error) => {
    const code = error.code ?? "";
    if (output.hasFailed || NOBODY_READS.includes(code) || (code === "EIO" && process.stdout.isTTY)) return;
    output.hasFailed = true;
    process.exitCode ||= 1;
    onFailure(`standard output cannot be written: ${REASONS[code] ?? error.message}`);
  });
  // there is no place left for a message
  replaceErrors(process.stderr, () => undefined);
  return output;
}

/** Takes the stream's errors from all listeners: libraries have some that throw. */
function replaceErrors(stream: NodeJS.WriteStream, onError: (error: NodeJS.ErrnoException) => void): void {
  const emit = stream.emit.bind(stream) as (event: string | symbol, ...values: unknown[]) => boolean;
  stream.emit = (event: string | symbol, ...values: unknown[]) => {
    if (event !== "error") return emit(event, ...values);
    onError(values[0] as NodeJS.ErrnoException);
    return true;
  };
}
