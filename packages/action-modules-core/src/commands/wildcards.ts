/**
 * Whether a whole text is as a pattern in which `*` means any characters. It takes no more steps than the product of both lengths; a
 * regular expression of many stars can take longer than anybody waits.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  const [first = "", ...others] = pattern.split(/\*+/);
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  // the earliest place leaves the most for what follows
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
