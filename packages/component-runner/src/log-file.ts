import { closeSync, openSync, writeSync } from "node:fs";
import { runnerError } from "./errors.js";

// what has been written is on disk after this time at the latest
const FLUSH_MILLISECONDS = 100;
const LARGEST_BUFFER = 64 * 1024;

/**
 * A log that is written as it happens. Short lines are gathered for a moment; beyond that, writing is synchronous: a command that prints
 * faster than the disk takes it has to wait, so nothing piles up in memory.
 */
export class LogFile {
  readonly #descriptor: number;
  #buffer = "";
  #timer: NodeJS.Timeout | undefined;
  #problem: Error | undefined;

  constructor(readonly path: string) {
    try {
      this.#descriptor = openSync(path, "a");
    } catch (thrown) {
      throw logNotWritten(path, thrown);
    }
  }

  /** Writes text whose characters are bytes (latin1), so that output that is not UTF-8 stays as it was. Throws where the disk takes no more. */
  write(bytes: string): void {
    if (this.#problem !== undefined) throw this.#problem;
    this.#buffer += bytes;
    if (this.#buffer.length >= LARGEST_BUFFER) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_MILLISECONDS);
  }

  /** Writes what is left. Throws where it cannot be written; the file is closed all the same. */
  close(): void {
    try {
      if (this.#problem !== undefined) throw this.#problem;
      this.#flush();
    } finally {
      closeSync(this.#descriptor);
    }
  }

  /** Nobody is there to catch what a timer throws, so the next write or the end will throw it. */
  #flushLater(): void {
    try {
      this.#flush();
    } catch {
      // kept as the problem
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const data = Buffer.from(this.#buffer, "latin1");
    this.#buffer = "";
    try {
      for (let written = 0; written < data.length; ) written += writeSync(this.#descriptor, data, written);
    } catch (thrown) {
      // a step takes what is thrown while it prints for its own failure, so the end has to throw it once more
      this.#problem = logNotWritten(this.path, thrown);
      throw this.#problem;
    }
  }
}

/** The failure of a file in the log folder. */
export function logNotWritten(path: string, thrown: unknown): Error {
  const full = (thrown as NodeJS.ErrnoException).code === "ENOSPC";
  return runnerError("log-not-written", { path, cause: full ? "no space left on the disk" : (thrown as Error).message }, { cause: thrown });
}

/** Text as the bytes of its UTF-8 form, one character a byte. */
export function toBytes(text: string): string {
  if (Buffer.byteLength(text) === text.length) return text; // ASCII, as most is
  return Buffer.from(text, "utf8").toString("latin1");
}
