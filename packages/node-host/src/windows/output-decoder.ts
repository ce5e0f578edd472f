import { isUtf8 } from "node:buffer";
import type { CodePageReader } from "./code-pages.js";

const LINE_FEED = 0x0a;
const NOTHING = new Uint8Array();

/**
 * Makes UTF-8 of what a program prints: a line that is UTF-8 already stays, any other is in the code page of the console. Programs of
 * Windows print in either. A line that comes in pieces is in the code page from the first piece on that is not UTF-8.
 */
export class OutputDecoder {
  /** The beginning of a character whose end has not come yet. */
  #begun: Uint8Array = NOTHING;
  /** Whether a part of the line has been read in the code page already. */
  #isInCodePage = false;
  #reader: CodePageReader | undefined;

  /** `readerOf` returns how to read the console's code page, or undefined if that is not known; it is asked when it is needed. */
  constructor(private readonly readerOf: () => CodePageReader | undefined) {}

  push(chunk: Uint8Array): Uint8Array {
    const bytes = this.#begun.length === 0 ? chunk : Buffer.concat([this.#begun, chunk]);
    const end = bytes.length - lengthOfBegun(bytes);
    const start = bytes.lastIndexOf(LINE_FEED) + 1;
    const mayBeUtf8 = !(start === 0 && this.#isInCodePage) && isUtf8(bytes.subarray(start, end));
    const kept = mayBeUtf8 ? end : bytes.length;
    this.#begun = bytes.slice(kept);
    return this.#decode(bytes.subarray(0, kept));
  }

  /** What is left when the program has ended. */
  end(): Uint8Array {
    const decoded = this.#decode(this.#begun);
    return this.#isInCodePage ? Buffer.concat([decoded, Buffer.from(this.#reader?.(NOTHING) ?? "")]) : decoded;
  }

  #decode(bytes: Uint8Array): Uint8Array {
    if (!this.#isInCodePage && isUtf8(bytes)) return bytes;
    const read = (this.#reader ??= this.readerOf());
    return read === undefined ? bytes : Buffer.concat(linesOf(bytes).map((line) => this.#decodeLine(line, read)));
  }

  #decodeLine(line: Uint8Array, read: CodePageReader): Uint8Array {
    if (!this.#isInCodePage && isUtf8(line)) return line;
    this.#isInCodePage = line.at(-1) !== LINE_FEED;
    return Buffer.from(read(line, this.#isInCodePage));
  }
}

/** The lines with their ends. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

/** How many bytes at the end begin a character of UTF-8 without ending it. */
function lengthOfBegun(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return byte < 0xf5 && needed > back ? back : 0;
  }
  return 0;
}
