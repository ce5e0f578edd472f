/** A place in a text as people count it: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * For a text that was taken out of a file, such as a document inside of a template: where a stretch of the text stands in that file.
 * `Span` is not named here, since it is made of sources.
 */
export type Origin = (start: number, end: number) => { readonly source: SourceFile; readonly start: number; readonly end: number };

/** A text and the name under which it is shown in messages. Offsets into it are UTF-16 code units. */
export class SourceFile {
  #lineStarts: number[] | undefined;

  constructor(
    /** What messages call it, usually the path as the user wrote it. */
    readonly name: string,
    readonly text: string,
    /** Where the text comes from, if it is no file of its own: places in it are shown there. */
    readonly origin?: Origin,
  ) {}

  /** The line and column of an offset; offsets outside the text are moved to its ends. */
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
