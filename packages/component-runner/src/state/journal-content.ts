import { decodeLines } from "@imagewright/node-host";

/** One record of a journal. */
export interface JournalRecord {
  readonly k: string;
  readonly v: unknown;
}

export interface JournalContent {
  readonly records: readonly JournalRecord[];
  /** The checksum of the last line, or of the request if there is none, which the next line continues. */
  readonly sum: string;
  /** The bytes that count. */
  readonly bytes: number;
}

const DIGITS = 10;
const MARK = /^\{"records":"(\d{10})"\}\n$/;

/** The first line of a journal: how many records have been acknowledged. It is always as long as `firstMark`. */
export function markOf(records: number): Buffer {
  return Buffer.from(`{"records":"${String(records).padStart(DIGITS, "0")}"}\n`);
}

export function firstMark(): Buffer {
  return markOf(0);
}

const MARK_BYTES = firstMark().length;
const LINE_FEED = 10;

/**
 * Reads a journal that continues the sum of a request. The mark is written after its record, so one record may be there that it does not
 * count, whole or cut off: the process died before it was acknowledged. Anything else that does not fit is damage, with its reason.
 */
export function readJournal(bytes: Buffer, requestSum: string): JournalContent | { readonly reason: string } {
  const [, digits] = MARK.exec(bytes.toString("latin1", 0, MARK_BYTES)) ?? [];
  if (digits === undefined) return { reason: "line 1 is damaged: it does not say how many records there are" };
  const acknowledged = Number(digits);
  const lines = bytes.subarray(MARK_BYTES);
  const { entries, sum, wholeBytes } = decodeLines(lines, requestSum);
  const rest = lines.subarray(wholeBytes);
  // the first line is the mark
  const next = entries.length + 2;
  if (rest.includes(LINE_FEED)) return { reason: `line ${next} is damaged: its checksum is wrong` };
  if (entries.length < acknowledged)
    return { reason: rest.length > 0 ? `line ${next} is damaged: it is cut off` : `its lines from line ${next} on are missing` };
  if (entries.length > acknowledged + 1) return { reason: "line 1 is damaged: there are more records than it says" };
  if (entries.length > acknowledged && rest.length > 0) return { reason: `line ${next} is damaged: it is cut off` };
  const records: JournalRecord[] = [];
  for (const [index, entry] of entries.entries()) {
    const record = JSON.parse(entry) as Partial<JournalRecord> | null;
    if (typeof record?.k !== "string" || !("v" in record)) return { reason: `line ${index + 2} is no record` };
    records.push({ k: record.k, v: record.v });
  }
  return { records, sum, bytes: MARK_BYTES + wholeBytes };
}
