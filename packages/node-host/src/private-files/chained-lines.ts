import { hash } from "node:crypto";

/** One line of a journal: an object of the text and its checksum, which covers the checksum of the line before as well. */
const LINE = /^\{"sum":"([0-9a-f]{16})","entry":(.*)\}$/s;
/** The beginning of a line that is not at the beginning. */
const ANOTHER = /.\{"sum":"[0-9a-f]{16}","entry":/s;

/** The line of an entry, which is JSON text; the first line of a file continues the sum with which it is read. */
export function encodeLine(entry: string, previousSum: string): { readonly line: string; readonly sum: string } {
  const sum = checksum(previousSum, entry);
  return { line: `{"sum":"${sum}","entry":${entry}}\n`, sum };
}

export interface DecodedLines {
  /** The texts of the entries. */
  readonly entries: readonly string[];
  /** The checksum of the last one, which the next line continues. */
  readonly sum: string;
  /** The bytes of the lines that are whole. */
  readonly wholeBytes: number;
  /** The number of the first line that is damaged and not the last: there is no reading on from there. */
  readonly damagedLine: number | undefined;
}

/**
 * Reads the lines of a journal. The last one may be torn, by a crash while it was written: nothing has relied on it yet, and it does not
 * count. A line before it cannot be torn, because each is synced before the next is written.
 */
export function decodeLines(bytes: Buffer, firstSum = ""): DecodedLines {
  const entries: string[] = [];
  let sum = firstSum;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.toString("utf8", start, end);
    const [, stated, entry = ""] = LINE.exec(text) ?? [];
    if (newline < 0 || stated === undefined || stated !== checksum(sum, entry)) {
      // if the end of a line is damaged, the next one seems to belong to it
      const last = end + 1 >= bytes.length && !ANOTHER.test(text);
      return { entries, sum, wholeBytes: start, damagedLine: last ? undefined : entries.length + 1 };
    }
    entries.push(entry);
    sum = stated;
    start = end + 1;
  }
  return { entries, sum, wholeBytes: start, damagedLine: undefined };
}

function checksum(previous: string, entry: string): string {
  return hash("sha256", `${previous}\n${entry}`, "hex").slice(0, 16);
}
