import stringWidth from "fast-string-width";

// a style's sequence, which takes no columns, or a character with what is drawn on it
// eslint-disable-next-line no-control-regex, no-misleading-character-class -- a style begins with one, a character has joined ones
const PIECE = /\u001b\[[0-9;]*m|\P{M}[\p{M}\u200c\u200d\ufe0e\ufe0f]*|\p{M}+/gu;

/** Breaks lines that are wider than a terminal, in the middle of words too: what it shows is to be all there is. */
export function wrapLines(text: string, columns: number, indent: string): string {
  const room = Math.max(columns, stringWidth(indent) + 1);
  return text
    .split("\n")
    .map((line) => (stringWidth(line) <= room ? line : wrapLine(line, room, indent)))
    .join("\n");
}

function wrapLine(line: string, room: number, indent: string): string {
  let wrapped = "";
  let used = 0;
  for (const piece of line.match(PIECE) ?? []) {
    const width = stringWidth(piece);
    if (used + width > room) {
      wrapped += `\n${indent}`;
      used = stringWidth(indent);
    }
    wrapped += piece;
    used += width;
  }
  return wrapped;
}
