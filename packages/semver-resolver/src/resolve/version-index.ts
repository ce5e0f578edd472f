import { parsePattern, type VersionPattern } from "../read/read-pattern.js";
import { assertNodes, compareVersions, isNode, type Version, type VersionNodes } from "../version.js";
import { columnsOfVersion, sortRows } from "./sort-rows.js";
import { SortedRows } from "./sorted-rows.js";

// added rows are collected in a small sorted array, where inserting is cheap, until merging into the large one pays off
const MOST_RECENT = 4096;

/**
 * A sorted index that finds the newest match of a pattern among a million versions in microseconds. Entries are versions with any other
 * properties. Their numbers identify them: of two entries with the same numbers the first is kept, regardless of spelling (`2021.1.1` and
 * `2021.01.01` are one version).
 */
export class VersionIndex<Entry extends Version = Version> {
  readonly #entries: Entry[];
  #merged: SortedRows;
  #recent = new SortedRows();

  /** Adds all entries at once, in any order; `onDuplicate` is called for those that are left out. Throws `number-out-of-range`. */
  constructor(entries: Iterable<Entry> = [], onDuplicate?: (dropped: Entry, kept: Entry) => void) {
    this.#entries = [...entries];
    for (const entry of this.#entries) assertEntry(entry);
    this.#merged = sortRows(this.#entries, (dropped, kept) => {
      const [droppedEntry, keptEntry] = [this.#entries[dropped], this.#entries[kept]];
      if (droppedEntry !== undefined && keptEntry !== undefined) onDuplicate?.(droppedEntry, keptEntry);
    });
  }

  /** The number of entries; versions with the same numbers count once. */
  get size(): number {
    return this.#merged.length + this.#recent.length;
  }

  /** Adds an entry. Returns the entry for its numbers: an earlier one if there is any, which is kept. Throws `number-out-of-range`. */
  add(entry: Entry): Entry {
    assertEntry(entry);
    const columns = columnsOfVersion(entry);
    const there = this.#newest(columns);
    if (there !== undefined) return there;
    this.#recent.insert([...columns, this.#entries.length]);
    this.#entries.push(entry);
    if (this.#recent.length >= MOST_RECENT) {
      this.#merged = this.#merged.mergedWith(this.#recent);
      this.#recent = new SortedRows();
    }
    return entry;
  }

  /** The entry with exactly these numbers; a version without a build does not match its builds. */
  get(version: VersionNodes): Entry | undefined {
    return this.#newest(columnsOfVersion(version));
  }

  /** The newest matching entry; for a version its highest build. Throws `invalid-pattern` for an invalid pattern given as text. */
  newest(pattern: VersionPattern | string): Entry | undefined {
    return this.#newest(columnsOf(pattern));
  }

  /** The number of matching entries. Throws `invalid-pattern` for an invalid pattern given as text. */
  count(pattern: VersionPattern | string): number {
    const columns = columnsOf(pattern);
    return [this.#merged, this.#recent].reduce((sum, rows) => sum + lengthOf(rows, columns), 0);
  }

  /**
   * The matching entries, the newest first. Do not add entries while iterating. Throws `invalid-pattern` for an invalid pattern given as
   * text.
   */
  *matching(pattern: VersionPattern | string): Generator<Entry, void, undefined> {
    const columns = columnsOf(pattern);
    const [merged, recent] = [this.#descending(this.#merged, columns), this.#descending(this.#recent, columns)];
    let [left, right] = [merged.next().value, recent.next().value];
    while (left !== undefined || right !== undefined) {
      if (right === undefined || (left !== undefined && compareVersions(left, right) > 0)) {
        if (left !== undefined) yield left;
        left = merged.next().value;
      } else {
        yield right;
        right = recent.next().value;
      }
    }
  }

  *#descending(rows: SortedRows, columns: readonly number[]): Generator<Entry, undefined, undefined> {
    const { start, end } = rows.range(columns);
    for (let position = end - 1; position >= start; position--) {
      const entry = this.#entries[rows.entryAt(position)];
      if (entry !== undefined) yield entry;
    }
    return undefined;
  }

  #newest(columns: readonly number[]): Entry | undefined {
    const left = this.#last(this.#merged, columns);
    const right = this.#last(this.#recent, columns);
    if (left === undefined || right === undefined) return left ?? right;
    return compareVersions(left, right) > 0 ? left : right;
  }

  #last(rows: SortedRows, columns: readonly number[]): Entry | undefined {
    const { start, end } = rows.range(columns);
    return start < end ? this.#entries[rows.entryAt(end - 1)] : undefined;
  }
}

/** The numbers of a pattern as stored in rows, where builds are one higher. */
function columnsOf(pattern: VersionPattern | string): readonly number[] {
  const { numbers } = typeof pattern === "string" ? parsePattern(pattern) : pattern;
  return numbers.length < 4 ? numbers : [...numbers.slice(0, 3), (numbers[3] ?? 0) + 1];
}

function lengthOf(rows: SortedRows, columns: readonly number[]): number {
  const { start, end } = rows.range(columns);
  return end - start;
}

function assertEntry({ major, minor, patch, build = 0 }: VersionNodes): void {
  if (!isNode(major) || !isNode(minor) || !isNode(patch) || !isNode(build)) assertNodes([major, minor, patch, build]);
}
