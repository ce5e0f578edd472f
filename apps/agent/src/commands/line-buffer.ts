import { StringDecoder } from "node:string_decoder";

// characters; a line without an end must not fill the memory
const LONGEST_LINE = 256 * 1024;

/** Puts pieces of UTF-8, cut anywhere, together to lines without their line ends. */
export class LineBuffer {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  /** A line that is longer than 256 Ki characters comes in several. */
  constructor(private readonly take: (line: string) => void) {}

  push(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(bytes)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.take(line);
    if (this.#rest.length > LONGEST_LINE) this.#takeRest();
  }

  /** Gives what has no line end. */
  end(): void {
    this.#rest += this.#decoder.end();
    if (this.#rest !== "") this.#takeRest();
  }

  #takeRest(): void {
    this.take(this.#rest);
    this.#rest = "";
  }
}
