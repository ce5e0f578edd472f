/** Keeps the beginning or the end of a process's output, so that memory stays bounded. */
export class OutputKeeper {
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(
    private readonly limit: number,
    private readonly keep: "first" | "last",
  ) {}

  add(chunk: Uint8Array): void {
    if (this.keep === "first" && this.#size >= this.limit) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.keep === "last" && this.#size > 2 * this.limit) this.#cut();
  }

  toString(): string {
    this.#cut();
    return Buffer.concat(this.#chunks).toString("utf8");
  }

  #cut(): void {
    const all = Buffer.concat(this.#chunks);
    const kept = this.keep === "first" ? all.subarray(0, this.limit) : all.subarray(Math.max(0, all.length - this.limit));
    this.#chunks = [kept];
    this.#size = kept.length;
  }
}
