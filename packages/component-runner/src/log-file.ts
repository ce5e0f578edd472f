import { closeSync, openSync, writeSync } from "node:fs";
import { runnerError } from "./errors.js";

/**
 * A log that is written as it happens. Writing is synchronous: a command that prints faster than the disk takes it has to wait, so nothing
 * piles up in memory and nothing is lost when the process ends.
 */
export class LogFile {
  readonly #descriptor: number;

  constructor(readonly path: string) {
    this.#descriptor = openSync(path, "a");
  }

  /** Writes text whose characters are bytes (latin1), so that output that is not UTF-8 stays as it was. */
  write(bytes: string): void {
    const data = Buffer.from(bytes, "latin1");
    try {
      for (let written = 0; written < data.length; ) written += writeSync(this.#descriptor, data, written);
    } catch (thrown) {
      const full = (thrown as NodeJS.ErrnoException).code === "ENOSPC";
      throw runnerError("log-not-written", { path: this.path, cause: full ? "no space left on the disk" : (thrown as Error).message }, { cause: thrown });
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Text as the bytes of its UTF-8 form, one character a byte. */
export function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
