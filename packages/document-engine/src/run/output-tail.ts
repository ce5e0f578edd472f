const MOST_LINES = 20;
const MOST_BYTES = 16 * 1024;

/** Keeps the end of a stream in bounded memory, for the message of a failed step. */
export class OutputTail {
  #kept: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): void {
    const end = chunk.length > MOST_BYTES ? chunk.subarray(chunk.length - MOST_BYTES) : chunk;
    const room = MOST_BYTES - end.length;
    const before = this.#kept.length > room ? this.#kept.subarray(this.#kept.length - room) : this.#kept;
    this.#kept = Buffer.concat([before, end]);
  }

  clear(): void {
    this.#kept = Buffer.alloc(0);
  }

  /** The last lines, at most 20; very long first lines may be truncated. */
  get lines(): string[] {
    const text = this.#kept.toString("utf8").replace(/\r?\n$/, "");
    return text === "" ? [] : text.split(/\r?\n/).slice(-MOST_LINES);
  }
}
