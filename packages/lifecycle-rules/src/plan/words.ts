import { quote } from "@imagewright/diagnostics";

const PLAIN = /^[ !#-[\]-~]{0,60}$/;

/** The same as `quote`, but faster for plain texts, of which reasons contain many. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : quote(text);
}
