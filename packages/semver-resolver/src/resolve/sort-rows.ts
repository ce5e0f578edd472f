import type { VersionNodes } from "../version.js";
import { SortedRows } from "./sorted-rows.js";

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

// eight counting passes over 65,536 digits cost more than comparing a few thousand entries
const FEW = 4096;

/** The numbers of a version as the columns of a row. */
export function columnsOfVersion({ major, minor, patch, build }: VersionNodes): number[] {
  return [major, minor, patch, buildColumn(build)];
}

/** No build sorts before build 0. */
function buildColumn(build: number | undefined): number {
  return build === undefined ? 0 : build + 1;
}

/**
 * Sorts entries by their numbers. Of entries with equal numbers the first is kept; the positions of the others are passed to `onDuplicate`.
 */
export function sortRows(entries: readonly VersionNodes[], onDuplicate: (dropped: number, kept: number) => void): SortedRows {
  const columns = columnsOf(entries);
  const order = sortedOrder(columns, entries.length);
  const rows = new Uint32Array(entries.length * 5);
  let length = 0;
  let last = -1;
  for (const entry of order) {
    if (last !== -1 && difference(columns, last, entry) === 0) {
      onDuplicate(entry, last);
      continue;
    }
    for (const [position, column] of columns.entries()) rows[length * 5 + position] = column[entry] ?? 0;
    rows[length * 5 + 4] = entry;
    last = entry;
    length += 1;
  }
  return new SortedRows(rows, length);
}

function columnsOf(entries: readonly VersionNodes[]): Uint32Array[] {
  const column = () => new Uint32Array(entries.length);
  const [majors, minors, patches, builds] = [column(), column(), column(), column()];
  entries.forEach(({ major, minor, patch, build }, position) => {
    majors[position] = major;
    minors[position] = minor;
    patches[position] = patch;
    builds[position] = buildColumn(build);
  });
  return [majors, minors, patches, builds];
}

/** The entries in the order of their numbers; equal ones in their original order. */
function sortedOrder(columns: readonly Uint32Array[], length: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, position) => position);
  return length < FEW ? order.sort((a, b) => difference(columns, a, b) || a - b) : radixSorted(columns, order);
}

function difference(columns: readonly Uint32Array[], a: number, b: number): number {
  for (const column of columns) {
    const difference = (column[a] ?? 0) - (column[b] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * A stable radix sort from the last column's low half to the first column's high half: linear, whereas comparing takes a second for a
 * million.
 */
function radixSorted(columns: readonly Uint32Array[], unsorted: Uint32Array): Uint32Array {
  let [order, spare]: [Uint32Array, Uint32Array] = [unsorted, new Uint32Array(unsorted.length)];
  for (const column of columns.toReversed()) {
    const highest = column.reduce((highest, number) => Math.max(highest, number), 0);
    for (const shift of highest < DIGITS ? [0] : [0, DIGIT_BITS]) {
      distribute(column, shift, order, spare);
      [order, spare] = [spare, order];
    }
  }
  return order;
}

function distribute(column: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): void {
  const places = new Uint32Array(DIGITS + 1);
  const digitOf = (entry: number) => ((column[entry] ?? 0) >>> shift) & (DIGITS - 1);
  for (const entry of from) places[digitOf(entry) + 1] = (places[digitOf(entry) + 1] ?? 0) + 1;
  for (let digit = 0; digit < DIGITS; digit++) places[digit + 1] = (places[digit + 1] ?? 0) + (places[digit] ?? 0);
  for (const entry of from) {
    const digit = digitOf(entry);
    const place = places[digit] ?? 0;
    to[place] = entry;
    places[digit] = place + 1;
  }
}
