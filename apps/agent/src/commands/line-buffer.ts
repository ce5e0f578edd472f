import { StringDecoder } from "node:string_decoder";

// in characters; an endless line must not fill the memory
const LONGEST_LINE = 256 * 1024;

/** Joins chunks of UTF-8, split anywhere, into lines without their line ends. */
export class LineBuffer {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  /** A line of more than 256 Ki characters is split. */
  constructor(private readonly take: (line: string) => void) {}

  push(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(bytes)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.take(line);
    if (this.#rest.length > LONGEST_LINE) this.#takeRest();
  }

  /** Returns the rest without a line end. */
  end(): void {
    this.#rest += this.#decoder.end();
    if (this.#rest !== "") this.#takeRest();
  }

  #takeRest(): void {
    this.take(this.#rest);
    this.#rest = "";
  }
}
