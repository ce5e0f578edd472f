import { LINE_BREAKS, withPrefixes } from "./line-break.js";
import { memoized, unitOf, type Unit } from "./unit.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
// the last two of each alphabet, and their escapes in JSON and URLs
const LAST = [
  ["+", "-", "%2B", "%2b", "\\u002b", "\\u002B"],
  ["/", "_", "\\/", "%2F", "%2f"],
] as const;

/**
 * The base64 of the bytes inside a longer encoded text, `before` bytes after the start of a group of three. The first and the
 * last character may also depend on the neighbours' bytes: they have one alternative for each value of the neighbours' bits.
 */
export function base64Units(bytes: Buffer, before: 0 | 1 | 2): Unit[] {
  const start = before * 8;
  const end = start + bytes.length * 8;
  const first = Math.floor(start / 6);
  const padded = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(2)]);
  return Array.from({ length: Math.ceil(end / 6) - first }, (_, index) => {
    const bit = (first + index) * 6;
    const value = (padded.readUInt16BE(bit >> 3) >> (10 - (bit & 7))) & 63;
    // how many bits at either end belong to the neighbours
    return unitOfBits((index === 0 ? 4096 : 0) + Math.max(0, start - bit) * 512 + Math.max(0, bit + 6 - end) * 64 + value);
  });
}

const unitOfBits = memoized((key: number) => {
  const [isFirst, front, back, known] = [key >= 4096, (key >> 9) & 7, (key >> 6) & 7, key & 63];
  const mask = (63 >> front) & (63 << back);
  const values = Array.from({ length: 64 }, (_, value) => value).filter((value) => (value & mask) === (known & mask));
  return unitOf(withPrefixes(isFirst ? [""] : LINE_BREAKS, values.flatMap(spellings)));
});

function spellings(value: number): readonly string[] {
  return value < 62 ? [ALPHABET.charAt(value)] : (LAST[value - 62] ?? []);
}
