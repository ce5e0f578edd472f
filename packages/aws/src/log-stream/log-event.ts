/** One event of a log stream, as PutLogEvents takes it. */
export interface LogEvent {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly timestamp: number;
  readonly message: string;
}

/** What each event counts in addition to its text, in bytes. */
export const EVENT_OVERHEAD = 26;

/** The maximum size of an event's text in bytes of UTF-8: the 1 MB of PutLogEvents without the overhead. */
export const LARGEST_MESSAGE = 1_048_576 - EVENT_OVERHEAD;

const BYTES_PER_CODE_UNIT = 3;

/**
 * Splits a line into texts that each fit into one event, never within a character. An empty line becomes a blank, since events must not
 * be empty.
 */
export function splitLine(line: string): string[] {
  if (line === "") return [" "];
  if (line.length * BYTES_PER_CODE_UNIT <= LARGEST_MESSAGE) return [line];
  const bytes = Buffer.from(line);
  const texts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = endOfCharacter(bytes, start + LARGEST_MESSAGE);
    texts.push(bytes.toString("utf8", start, end));
    start = end;
  }
  return texts;
}

// bytes 10xxxxxx continue with a character that began before them
function endOfCharacter(bytes: Buffer, end: number): number {
  if (end >= bytes.length) return bytes.length;
  let last = end;
  while (((bytes[last] ?? 0) & 0xc0) === 0x80) last--;
  return last;
}
