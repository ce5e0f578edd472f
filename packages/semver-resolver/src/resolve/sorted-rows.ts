/** The columns of a row: major, minor, patch, build + 1 (0 for none), and the index of the entry. */
const WIDTH = 5;
const ENTRY = 4;

/** A range of rows; the end is exclusive. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Rows of version numbers in ascending order in one typed array, so that a million take 20 MB and a search touches few cache lines. */
export class SortedRows {
  #rows: Uint32Array;
  #length: number;

  /** `rows` is sorted, without equal rows; it may have spare capacity at its end. */
  constructor(rows: Uint32Array = new Uint32Array(0), length = rows.length / WIDTH) {
    this.#rows = rows;
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  entryAt(position: number): number {
    return this.#rows[position * WIDTH + ENTRY] ?? -1;
  }

  /** The rows that begin with these numbers: none to four. They are adjacent, and each number narrows the range. */
  range(numbers: ArrayLike<number>): RowRange {
    let [start, end] = [0, this.#length];
    for (let column = 0; column < numbers.length && start < end; column++) {
      const number = numbers[column] ?? 0;
      start = this.#firstNotBelow(number, column, start, end);
      end = this.#firstNotBelow(number + 1, column, start, end);
    }
    return { start, end };
  }

  /** Inserts a new row. All rows after it are moved, so this is for small tables. */
  insert(row: ArrayLike<number>): void {
    if (this.#rows.length < (this.#length + 1) * WIDTH) this.#grow();
    const at = this.#placeOf(row) * WIDTH;
    this.#rows.copyWithin(at + WIDTH, at, this.#length * WIDTH);
    this.#rows.set(row, at);
    this.#length += 1;
  }

  /** Merges two tables. `others` is small: its rows are inserted between blocks of this table, which are copied as a whole. */
  mergedWith(others: SortedRows): SortedRows {
    const merged = new Uint32Array((this.#length + others.#length) * WIDTH);
    let [copied, filled] = [0, 0];
    for (let position = 0; position < others.#length; position++) {
      const row = others.#rows.subarray(position * WIDTH, (position + 1) * WIDTH);
      const upTo = this.#placeOf(row) * WIDTH;
      merged.set(this.#rows.subarray(copied, upTo), filled);
      filled += upTo - copied;
      merged.set(row, filled);
      filled += WIDTH;
      copied = upTo;
    }
    merged.set(this.#rows.subarray(copied, this.#length * WIDTH), filled);
    return new SortedRows(merged);
  }

  #placeOf(row: ArrayLike<number>): number {
    let [start, end] = [0, this.#length];
    for (let column = 0; column < ENTRY && start < end; column++) {
      const number = row[column] ?? 0;
      start = this.#firstNotBelow(number, column, start, end);
      end = this.#firstNotBelow(number + 1, column, start, end);
    }
    return start;
  }

  /** Binary search in one column of a range in which the columns before it are the same. */
  #firstNotBelow(number: number, column: number, start: number, end: number): number {
    const rows = this.#rows;
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle * WIDTH + column] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const rows = new Uint32Array(Math.max(16 * WIDTH, this.#rows.length * 2));
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
