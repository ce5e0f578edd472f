import type { ScalarNode } from "../nodes.js";
import { unsupportedForm } from "./unsupported-form.js";

// the core schema's, as in the library
const NUMBER =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+|[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const WORDS = new Map<string, ScalarNode["type"]>([
  ...["~", "null", "Null", "NULL"].map((word) => [word, "null"] as const),
  ...["true", "True", "TRUE", "false", "False", "FALSE"].map((word) => [word, "boolean"] as const),
]);

/** What the core schema takes a plain scalar for. */
export function typeOfPlain(text: string): ScalarNode["type"] {
  return WORDS.get(text) ?? (NUMBER.test(text) ? "number" : "string");
}

/** The offset of the closing quote, before `limit`. */
export function closingQuote(text: string, open: number, limit: number): number {
  const quote = text.charAt(open);
  let at = text.indexOf(quote, open + 1);
  while (at !== -1 && at < limit && isWithin(text, open, at)) at = text.indexOf(quote, quote === "'" ? at + 2 : at + 1);
  return at !== -1 && at < limit ? at : unsupportedForm();
}

/** The text between quotes in one line. */
export function unquote(written: string): string {
  const inner = written.slice(1, -1);
  if (written.startsWith("'")) return inner.replaceAll("''", "'");
  return inner.includes("\\") ? inner.replace(/\\(.)/g, (_, character: string) => ESCAPES.get(character) ?? unsupportedForm()) : inner;
}

const ESCAPES = new Map([...'"\\/'].map((character) => [character, character] as const));
for (const [character, meaning] of ["n\n", "r\r", "t\t"].map(([first = "", second = ""]) => [first, second] as const))
  ESCAPES.set(character, meaning);

/** Whether a quote is itself text: doubled between single quotes, behind an odd number of backslashes between double ones. */
function isWithin(text: string, open: number, at: number): boolean {
  if (text.charAt(open) === "'") return text.charAt(at + 1) === "'";
  let before = at;
  while (text.charAt(before - 1) === "\\") before--;
  return (at - before) % 2 === 1;
}
