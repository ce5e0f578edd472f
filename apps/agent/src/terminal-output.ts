/**
 * Standard output or standard error, with a count of what its reader has not taken yet. The streams of Bun do not tell: they say that
 * nothing is waiting, and that an empty text, which is meant to come last, has been written at once.
 */
export class TerminalOutput {
  #pendingWrites = 0;
  #pendingBytes = 0;
  #waiting: (() => void)[] = [];

  constructor(private readonly name: "stdout" | "stderr") {}

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  write(content: string | Uint8Array): void {
    const length = Buffer.byteLength(content);
    this.#pendingWrites++;
    this.#pendingBytes += length;
    process[this.name].write(content, () => this.#take(length));
  }

  /** Calls `done` when the reader has taken all, or has gone. */
  flush(done: () => void): void {
    if (this.#pendingWrites === 0) done();
    else this.#waiting.push(done);
  }

  #take(length: number): void {
    this.#pendingBytes -= length;
    if (--this.#pendingWrites > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }
}
