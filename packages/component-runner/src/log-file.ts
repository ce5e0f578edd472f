import { closeSync, writeSync } from "node:fs";
import { isImagewrightError } from "@imagewright/diagnostics";
import type { RefusedPath } from "@imagewright/node-host";
import { runnerError } from "./errors.js";

// the longest time until written text is on disk
const FLUSH_MILLISECONDS = 100;
const BUFFER_BYTES = 64 * 1024;
// a UTF-16 code unit takes at most three bytes in UTF-8
const MOST_BYTES_PER_UNIT = 3;

/**
 * A log file. Short lines are buffered briefly; beyond that, writing is synchronous: a command that prints
 * faster than the disk accepts it has to wait, so memory stays bounded.
 */
export class LogFile {
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #used = 0;
  #timer: NodeJS.Timeout | undefined;
  #isEmpty = true;
  #problem: Error | undefined;

  /** Takes an open file; the path is for messages. */
  constructor(
    private readonly descriptor: number,
    readonly path: string,
  ) {}

  /** Writes text as UTF-8, and bytes unchanged; their memory may be reused afterwards. Throws if the disk is full. */
  write(piece: string | Uint8Array): void {
    if (this.#problem !== undefined) throw this.#problem;
    const largest = typeof piece === "string" ? piece.length * MOST_BYTES_PER_UNIT : piece.length;
    if (this.#used + largest > BUFFER_BYTES) this.#flush();
    if (largest > BUFFER_BYTES) return this.#writeOut(typeof piece === "string" ? Buffer.from(piece) : piece);
    if (typeof piece === "string") this.#used += this.#buffer.write(piece, this.#used);
    else {
      this.#buffer.set(piece, this.#used);
      this.#used += piece.length;
    }
    // the log of a run that is killed at once says what had begun
    this.#timer ??= setTimeout(() => this.#flushLater(), this.#isEmpty ? 0 : FLUSH_MILLISECONDS);
  }

  /** Writes the rest and closes the file. Throws if the rest cannot be written; the file is closed in any case. */
  close(): void {
    try {
      if (this.#problem !== undefined) throw this.#problem;
      this.#flush();
    } finally {
      closeSync(this.descriptor);
    }
  }

  /** An error in a timer cannot be caught, so the next write or the close throws it. */
  #flushLater(): void {
    try {
      this.#flush();
    } catch {
      // #writeOut has stored it in #problem
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const used = this.#used;
    this.#used = 0;
    if (used > 0) this.#writeOut(this.#buffer.subarray(0, used));
  }

  #writeOut(data: Uint8Array): void {
    try {
      this.#isEmpty = false;
      for (let written = 0; written < data.length;) written += writeSync(this.descriptor, data, written);
    } catch (thrown) {
      // an error thrown while a step prints counts as the step's failure, so the close has to throw it again
      this.#problem = logNotWritten(this.path, thrown);
      throw this.#problem;
    }
  }
}

/** The error for a file in the log folder. */
export function logNotWritten(path: string, thrown: unknown): Error {
  return runnerError("log-not-written", { path, cause: causeOf(path, thrown) }, { cause: thrown });
}

function causeOf(path: string, thrown: unknown): string {
  if (isImagewrightError(thrown, "node-host/path-refused")) return (thrown.data as RefusedPath).reason;
  const { code, message } = thrown as NodeJS.ErrnoException;
  // the folder is open, and its files are opened by its descriptor
  return code === "ENOSPC" ? "no space left on the disk" : message.replace(/'\/proc\/self\/fd\/\d+\/[^']*'/, `'${path}'`);
}
