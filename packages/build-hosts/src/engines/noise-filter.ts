import type { OutputStream } from "../machine.js";

// a longer line without a line feed comes from the command, such as a progress bar, and is not held back
const LONGEST_NOISE = 1000;

/**
 * Removes the engine's own lines, which engines add at the end of a command's standard error. Lines are passed on once they are complete.
 */
export class NoiseFilter {
  #rest = "";

  constructor(
    private readonly isNoise: (line: string) => boolean,
    private readonly onOutput: (stream: OutputStream, chunk: Uint8Array) => void,
  ) {}

  take(stream: OutputStream, chunk: Uint8Array): void {
    if (stream === "stdout") {
      this.onOutput(stream, chunk);
      return;
    }
    // latin1 preserves every byte
    const lines = `${this.#rest}${Buffer.from(chunk).toString("latin1")}`.split("\n");
    this.#rest = lines.pop() ?? "";
    this.#pass(lines.map((line) => `${line}\n`));
    if (this.#rest.length > LONGEST_NOISE) this.end();
  }

  end(): void {
    if (this.#rest !== "") this.#pass([this.#rest]);
    this.#rest = "";
  }

  #pass(lines: readonly string[]): void {
    const kept = lines.filter((line) => !this.isNoise(line.trimEnd())).join("");
    if (kept !== "") this.onOutput("stderr", Buffer.from(kept, "latin1"));
  }
}
