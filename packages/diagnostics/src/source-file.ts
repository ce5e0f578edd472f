/** A position in a text: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * For a text extracted from a file, such as a document in a template: the place of a range of the text in that file.
 * Does not use `Span`, which depends on sources.
 */
export type Origin = (start: number, end: number) => { readonly source: SourceFile; readonly start: number; readonly end: number };

/** A text and its name in messages. Offsets into it are UTF-16 code units. */
export class SourceFile {
  #lineStarts: number[] | undefined;

  constructor(
    /** The name in messages, usually the path as given by the user. */
    readonly name: string,
    readonly text: string,
    /** The origin of an extracted text: places in it are shown there. */
    readonly origin?: Origin,
  ) {}

  /** The line and column of an offset; offsets outside the text are clamped. */
  position(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.text.length);
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - (starts[low] as number) + 1 };
  }

  /** The text of a line (counted from 1) without its line end; empty for a line that does not exist. */
  lineText(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1];
    if (start === undefined) return "";
    return this.text.slice(start, starts[line] ?? this.text.length).replace(/\r?\n$/, "");
  }

  #starts(): number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let end = this.text.indexOf("\n"); end !== -1; end = this.text.indexOf("\n", end + 1)) starts.push(end + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}
