/**
 * The offset of each character of a literal block in its source text, which begins with "|". Its lines are those of the text behind
 * an indent. Undefined if the two do not fit.
 */
export function offsetsOfLiteral(written: string, text: string): number[] | undefined {
  const offsets: number[] = [];
  let begin = written.indexOf("\n") + 1;
  for (const [index, line] of text.split("\n").entries()) {
    if (begin === 0) return undefined;
    if (index > 0) offsets.push(begin - 1);
    const [end, next] = lineAt(written, begin);
    const start = end - line.length;
    if (line !== "" && (start < begin || !written.startsWith(line, start))) return undefined;
    for (let at = start; at < end && line !== ""; at++) offsets.push(at);
    begin = next;
  }
  return offsets.length === text.length ? offsets : undefined;
}

/** Where the line ends that begins there, and where the next one begins: after the text for the last. */
function lineAt(written: string, begin: number): [end: number, next: number] {
  const lineFeed = written.indexOf("\n", begin);
  const end = lineFeed === -1 ? written.length : lineFeed;
  return [end > begin && written.charAt(end - 1) === "\r" ? end - 1 : end, end + 1];
}

/** The same for a folded block, which begins with ">": folding moves white space only, so all else follows in the same order. */
export function offsetsOfFolded(written: string, text: string): number[] | undefined {
  const offsets: number[] = [];
  let at = written.indexOf("\n");
  for (const character of text.split("")) {
    if (/\s/.test(character)) {
      offsets.push(at);
      continue;
    }
    do at++;
    while (at < written.length && written.charAt(at) !== character && /\s/.test(written.charAt(at)));
    if (written.charAt(at) !== character) return undefined;
    offsets.push(at);
  }
  return offsets;
}
