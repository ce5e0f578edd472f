import { knownColumns } from "./known-columns.js";

/** The terminal or file for progress output. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const ERASE = "\r\u001b[J";
const WITHOUT_WRAPPING = ["\u001b[?7l", "\u001b[?7h"] as const;

/**
 * Lines at the end of a terminal's text that are drawn again and again, below what is written meanwhile. The cursor waits at their
 * beginning: whatever a change of the terminal's width makes of them, all behind the cursor is theirs.
 */
export class LiveLines {
  #lines: readonly string[] = [];

  constructor(private readonly stream: ProgressStream) {}

  /** The width of the terminal, if it is one and its width is known. */
  get columns(): number | undefined {
    return knownColumns(this.stream);
  }

  /** Writes text with a line break at its end above the live lines. */
  write(text: string): void {
    if (text !== "") this.stream.write(this.#lines.length === 0 ? text : `${ERASE}${text}${this.#drawn()}`);
  }

  /** Shows these lines in place of the former; none removes them. Only for terminals whose width is known. */
  show(lines: readonly string[]): void {
    const before = this.#lines.length === 0 ? "" : ERASE;
    this.#lines = this.columns === undefined ? [] : lines;
    const text = `${before}${this.#drawn()}`;
    if (text !== "") this.stream.write(text);
  }

  #drawn(): string {
    if (this.#lines.length === 0) return "";
    const [begin, end] = WITHOUT_WRAPPING;
    const up = this.#lines.length > 1 ? `\u001b[${this.#lines.length - 1}A` : "";
    return `${begin}${this.#lines.join("\n")}${end}${up}\r`;
  }
}
