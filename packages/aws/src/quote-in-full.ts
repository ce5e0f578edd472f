import { quote } from "@imagewright/diagnostics";

// half of the longest text that quote() does not truncate, since a character may have two code units
const PIECE = /.{1,30}/gsu;

/** Like quote() of the diagnostics, but never truncated: object keys and ARNs differ at their ends. */
export function quoteInFull(text: string): string {
  const pieces = text.match(PIECE) ?? [];
  return `"${pieces.map((piece) => quote(piece).slice(1, -1)).join("")}"`;
}
