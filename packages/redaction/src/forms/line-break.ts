/** What may come between two characters of a long encoded text: nothing, or a line end, which may itself be escaped. */
export const LINE_BREAKS = ["", "\n", "\r\n", "\\n", "\\r\\n"] as const;

/** Every text with every prefix; the first prefix with all texts comes first. */
export function withPrefixes(prefixes: readonly string[], texts: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => texts.map((text) => prefix + text));
}
