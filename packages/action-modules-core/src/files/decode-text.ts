import { isUtf8 } from "node:buffer";
import { findByteOrderMark, LONGEST_MARK } from "./byte-order-mark.js";
import type { TextEncoding } from "./text-encoding.js";

/** Thrown by a decoder for bytes that are not text of its encoding. */
export class NotText extends Error {
  constructor(readonly hint?: string) {
    super("the bytes are not text");
  }
}

/**
 * Converts bytes to text chunk by chunk, so that a file of any size takes little memory. A byte-order mark at the start is removed;
 * if the encoding's name does not include a byte order, the mark decides it. Throws `NotText` for bytes that are invalid in the encoding,
 * and for NUL characters, which are not text.
 */
export class TextPieces {
  #encoding: TextEncoding;
  #rest: Buffer = Buffer.alloc(0);
  #started = false;

  constructor(encoding: TextEncoding) {
    this.#encoding = encoding;
  }

  /** The text of all complete characters so far that were not returned yet. */
  write(bytes: Buffer): string {
    const waiting = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (!this.#started && waiting.length < LONGEST_MARK) {
      this.#rest = waiting;
      return "";
    }
    return this.#decode(waiting);
  }

  /** The text of the remaining bytes. */
  end(): string {
    const text = this.#decode(this.#rest);
    if (this.#rest.length > 0) throw new NotText();
    return text;
  }

  #decode(waiting: Buffer): string {
    const bytes = this.#started ? waiting : this.#start(waiting);
    const end = wholeCharacters(bytes, this.#encoding);
    this.#rest = Buffer.from(bytes.subarray(end));
    const text = decodeCharacters(bytes.subarray(0, end), this.#encoding);
    if (text === undefined || text.includes("\0")) throw new NotText();
    return text;
  }

  #start(bytes: Buffer): Buffer {
    this.#started = true;
    const mark = findByteOrderMark(bytes);
    if (mark === undefined) return bytes;
    const { bits, bigEndian, orderAssumed } = this.#encoding;
    const fits = mark.bits === bits && (orderAssumed || mark.bigEndian === bigEndian);
    if (!fits) throw new NotText(`the file begins with the byte-order mark of ${mark.title}; set encoding to that`);
    this.#encoding = { ...this.#encoding, bigEndian: mark.bigEndian };
    return bytes.subarray(mark.length);
  }
}

/** How many bytes at the start are complete characters; the rest waits for the next chunk. */
function wholeCharacters(bytes: Buffer, { bits, bigEndian }: TextEncoding): number {
  if (bits === 32) return bytes.length - (bytes.length % 4);
  if (bits === 8) return wholeUtf8(bytes);
  const end = bytes.length - (bytes.length % 2);
  const lastUnit = end === 0 ? 0 : bigEndian ? bytes.readUInt16BE(end - 2) : bytes.readUInt16LE(end - 2);
  return lastUnit >= 0xd800 && lastUnit <= 0xdbff ? end - 2 : end;
}

function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0x80 && byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The text of complete characters, or undefined for invalid bytes. */
function decodeCharacters(bytes: Buffer, { bits, bigEndian }: TextEncoding): string | undefined {
  if (bits === 8) return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
  if (bits === 32) return decode32(bytes, bigEndian);
  const text = (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString("utf16le");
  // with the u flag a surrogate pair is one character, so this finds only unpaired ones
  return /\p{Surrogate}/u.test(text) ? undefined : text;
}

function decode32(bytes: Buffer, bigEndian: boolean): string | undefined {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const point = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}
