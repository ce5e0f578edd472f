// a range of code points, both ends included
const RANGES: readonly (readonly [number, number])[] = [
  // C0 without the line feed and what a file or an argument cannot contain; DEL and C1
  ...([
    [0x01, 0x09],
    [0x0b, 0x1f],
    [0x7f, 0x9f],
  ] as const),
  // soft hyphen, grapheme joiner, Arabic letter mark, fillers, vowels and separators that are not drawn
  ...([
    [0xad, 0xad],
    [0x34f, 0x34f],
    [0x61c, 0x61c],
    [0x115f, 0x1160],
    [0x17b4, 0x17b5],
    [0x180b, 0x180f],
  ] as const),
  // zero width, directions, separators of lines, invisible operators, isolates
  ...([
    [0x200b, 0x200f],
    [0x2028, 0x202e],
    [0x2060, 0x2064],
    [0x2066, 0x206f],
  ] as const),
  // fillers of Hangul, byte order mark, annotations
  ...([
    [0x3164, 0x3164],
    [0xfeff, 0xfeff],
    [0xffa0, 0xffa0],
    [0xfff9, 0xfffb],
  ] as const),
  // tags, and the first of the supplementary variation selectors
  ...([
    [0xe0001, 0xe0001],
    [0xe0041, 0xe0041],
    [0xe007f, 0xe007f],
    [0xe0100, 0xe0100],
  ] as const),
];

/** Every character that a terminal obeys or does not show, one after the other. */
const EACH = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, offset) => String.fromCodePoint(first + offset)),
);

// clears the screen, sets title and clipboard, hides, overwrites, turns around
const ACTS = "\u001b[2J\u001b]0;TITLE\u0007\u001b]52;c;ZXZpbA==\u0007\u001b[8m\rdone\u202egpj";

/**
 * A text that does to a terminal what it can: it clears the screen, sets the title and the clipboard, hides what follows, overwrites its
 * line, writes backwards; and it contains each dangerous character. It is one line.
 */
export const HOSTILE = `${ACTS}${EACH.join("")}`;

/** The same with one character of each kind, so that it is short enough for the name of a file. */
export const HOSTILE_NAME = `${ACTS}\u0001\u007f\u009b31m\u00ad\u034f\u061c\u115f\u200b\u200d\u2028\u2060\u2066\u3164\ufeff\ufff9\u{e0041}\u{e0100}`;

/** The characters of an output that must not be there, each as `U+202E`. Line feeds may; tabs as well, where output is shown. */
export function rawCharacters(output: string, { tabs = false } = {}): string[] {
  const found = [...output].filter((character) => character !== "\n" && !(tabs && character === "\t") && EACH.includes(character));
  return [...new Set(found)].map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
}
