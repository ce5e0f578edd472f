/** The bytes that some programs put before text to mark its encoding. Source: Unicode Standard 23.8. */
export interface ByteOrderMark {
  /** The name of the encoding in messages. */
  readonly title: string;
  readonly bits: 8 | 16 | 32;
  readonly bigEndian: boolean;
  /** In bytes. */
  readonly length: number;
}

/** How many bytes are needed to recognize a mark. */
export const LONGEST_MARK = 4;

interface MarkBytes extends ByteOrderMark {
  readonly bytes: Buffer;
}

// longer marks first, since a mark of two bytes is a prefix of one of four
const MARKS: readonly MarkBytes[] = [
  mark("utf-32-LE", 32, false, [0xff, 0xfe, 0, 0]),
  mark("utf-32-BE", 32, true, [0, 0, 0xfe, 0xff]),
  mark("utf-8", 8, false, [0xef, 0xbb, 0xbf]),
  mark("utf-16-LE", 16, false, [0xff, 0xfe]),
  mark("utf-16-BE", 16, true, [0xfe, 0xff]),
];

/** The bytes of the mark of an encoding. */
export function byteOrderMark({ bits, bigEndian }: Pick<ByteOrderMark, "bits" | "bigEndian">): Buffer {
  return MARKS.find((candidate) => candidate.bits === bits && candidate.bigEndian === bigEndian)?.bytes ?? Buffer.alloc(0);
}

function mark(title: string, bits: ByteOrderMark["bits"], bigEndian: boolean, bytes: readonly number[]) {
  return { title, bits, bigEndian, length: bytes.length, bytes: Buffer.from(bytes) };
}

/**
 * The mark at the start of the bytes, if there is one. FF FE 00 00 is the mark of four bytes, since NUL after a mark of two would not be
 * text.
 */
export function findByteOrderMark(bytes: Buffer): ByteOrderMark | undefined {
  return MARKS.find((candidate) => bytes.subarray(0, candidate.length).equals(candidate.bytes));
}
