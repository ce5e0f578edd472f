import { LINE_BREAKS, withPrefixes } from "./line-break.js";
import { memoized, unitOf, type Unit } from "./unit.js";

const BREAKS = LINE_BREAKS.filter((text) => text !== "");
// `od` begins its lines with a blank, others end them with a blank or a colon; `hexdump` has two blanks in the middle
const AT_BREAKS = BREAKS.flatMap((text) => [`${text} `, ...[" ", ":"].flatMap((end) => [`${end}${text}`, `${end}${text} `])]);
const SEPARATORS = [...LINE_BREAKS, " ", ":", "  ", ...AT_BREAKS];

/**
 * The bytes in hexadecimal digits of either case, contiguous or separated as in dumps. A line feed represents a line break of either kind.
 */
export function hexadecimalUnits(bytes: Buffer): Unit[] {
  return Array.from(bytes, (byte, index) => unitOfByte(index === 0 ? byte : byte + 256));
}

const unitOfByte = memoized((key: number) => {
  const digits = (key & 255).toString(16).padStart(2, "0");
  const lower = digits === "0a" ? [digits, "0d0a", "0d 0a", "0d:0a"] : [digits];
  return unitOf(withPrefixes(key < 256 ? [""] : SEPARATORS, [...lower, ...lower.map((text) => text.toUpperCase())]));
});
