import { LINE_BREAKS, withPrefixes } from "./line-break.js";
import { memoized, unitOf, type Unit } from "./unit.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The base32 (RFC 4648) of the bytes inside a longer encoded text, `before` bytes after the start of a group of five. As in base64, the
 * first and the last character may depend on the neighbours' bytes as well.
 */
export function base32Units(bytes: Buffer, before: 0 | 1 | 2 | 3 | 4): Unit[] {
  const start = before * 8;
  const end = start + bytes.length * 8;
  const first = Math.floor(start / 5);
  const padded = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(2)]);
  return Array.from({ length: Math.ceil(end / 5) - first }, (_, index) => {
    const bit = (first + index) * 5;
    const value = (padded.readUInt16BE(bit >> 3) >> (11 - (bit & 7))) & 31;
    // how many bits at either end belong to the neighbours
    return unitOfBits((index === 0 ? 2048 : 0) + Math.max(0, start - bit) * 256 + Math.max(0, bit + 5 - end) * 32 + value);
  });
}

const unitOfBits = memoized((key: number) => {
  const [isFirst, front, back, known] = [key >= 2048, (key >> 8) & 7, (key >> 5) & 7, key & 31];
  const mask = (31 >> front) & (31 << back);
  const values = Array.from({ length: 32 }, (_, value) => value).filter((value) => (value & mask) === (known & mask));
  const letters = values.map((value) => ALPHABET.charAt(value));
  return unitOf(withPrefixes(isFirst ? [""] : LINE_BREAKS, letters));
});
