import { unsupportedForm } from "./unsupported-form.js";

const RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;

/** Goes from one line with content to the next, past those that are blank or have only a comment. */
export class Lines {
  /** Where the content of the line begins, and in what column; the column is -1 after the last line. */
  at = 0;
  column = -1;
  /** Where the line begins and ends, its break not included. */
  begin = 0;
  end = 0;
  /** Where the next line begins. */
  next = 0;
  #tab: number;

  constructor(readonly text: string) {
    this.#tab = text.indexOf("\t");
    this.advance(/^---\r?\n/.exec(text)?.[0].length ?? 0);
  }

  /** Goes to the first line with content from this beginning of a line on. */
  advance(from: number): void {
    for (this.begin = from; this.begin < this.text.length; this.begin = this.next) {
      this.next = this.nextLine(this.begin);
      this.end = this.endOfLine(this.begin, this.next);
      this.at = this.skipSpaces(this.begin);
      if (this.at >= this.end || this.text.charCodeAt(this.at) === HASH) continue;
      if (this.#hasTab()) unsupportedForm();
      this.column = this.at - this.begin;
      return;
    }
    this.column = -1;
  }

  get isBehindLast(): boolean {
    return this.column === -1;
  }

  advanceToNext(): void {
    this.advance(this.next);
  }

  /** Where the line after the one at this place begins; after the end of the text where the last line has no break. */
  nextLine(from: number): number {
    const end = this.text.indexOf("\n", from);
    return (end === -1 ? this.text.length : end) + 1;
  }

  /** Where a line ends, its break not included. */
  endOfLine(begin: number, next: number): number {
    return next - 2 >= begin && this.text.charCodeAt(next - 2) === RETURN ? next - 2 : next - 1;
  }

  /** The first place from here on that is no space. */
  skipSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** Whether nothing follows in the line but a comment, which needs a space before it. */
  isRestEmpty(from: number): boolean {
    const at = this.skipSpaces(from);
    return at >= this.end || (at > from && this.text.charCodeAt(at) === HASH);
  }

  /** A tab is white space in some places only. */
  #hasTab(): boolean {
    if (this.#tab !== -1 && this.#tab < this.at) this.#tab = this.text.indexOf("\t", this.at);
    return this.#tab !== -1 && this.#tab < this.end;
  }
}
