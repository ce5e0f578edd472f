import type { CutText } from "@imagewright/action-contract";

// how much of an output is kept for references and the result files; the log contains all of it
const MOST_KEPT_BYTES = 1024 * 1024;

/** Collects the beginning of a stream in bounded memory. */
export class CommandOutput {
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #totalBytes = 0;

  push(chunk: Uint8Array): void {
    this.#totalBytes += chunk.length;
    const part = chunk.subarray(0, MOST_KEPT_BYTES - this.#keptBytes);
    if (part.length > 0) this.#kept.push(Buffer.from(part));
    this.#keptBytes += part.length;
  }

  /** The text without its final line end, or its beginning if it exceeds the limit. */
  get value(): string | CutText {
    const isCut = this.#totalBytes > this.#keptBytes;
    // a character split by the limit is dropped
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(this.#kept), { stream: isCut });
    return isCut ? { kept: `${text}…`, totalBytes: this.#totalBytes } : text.replace(/\r?\n$/, "");
  }
}
