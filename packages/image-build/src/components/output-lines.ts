import { StringDecoder } from "node:string_decoder";
import { escapeControls } from "@imagewright/diagnostics";

// only the beginning of a long line is useful
const LONGEST = 4096;
/** The lines of one job that are shown: a step can write to the agent's standard error. */
const MOST = 200;

/** The lines that the agent prints besides its events, without control characters, up to a limit. */
export class OutputLines {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";
  #count = 0;
  last = "";

  constructor(private readonly onLine: (line: string) => void) {}

  push(chunk: Uint8Array): void {
    const [first = "", ...others] = this.#decoder.write(Buffer.from(chunk)).split("\n");
    this.#append(first);
    for (const next of others) {
      this.end();
      this.#append(next);
    }
  }

  /** Takes what there is as a whole line. */
  end(): void {
    const line = escapeControls(this.#rest);
    this.#rest = "";
    if (line.trim() === "") return;
    this.last = line;
    this.#count += 1;
    if (this.#count <= MOST) this.onLine(line);
    else if (this.#count === MOST + 1) this.onLine(`more than ${MOST} lines; the rest is not shown`);
  }

  #append(text: string): void {
    this.#rest += text.slice(0, Math.max(0, LONGEST - this.#rest.length));
  }
}
