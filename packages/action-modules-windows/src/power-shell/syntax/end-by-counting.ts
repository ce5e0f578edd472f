/** The index after the parenthesis that closes the one at an index, if all of them count, wherever they are; undefined if none does. */
export function endByCounting(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at + 1;
  }
  return undefined;
}
