import { quote } from "@imagewright/diagnostics";

const PLAIN = /^[ !#-[\]-~]{0,60}$/;

/** A text in quotes as `quote` has it; reasons are many, and their texts are plain. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : quote(text);
}
