const PLAIN_LINE = /^[ -~]*$/;

// controls, formats (changes of direction, zero width, tags), unpaired surrogates, separators of lines, and whatever else is not drawn
// (fillers, variation selectors): Unicode's Default_Ignorable_Code_Point
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;

// what is drawn as a space, and is none: two names could look the same
const BLANK = String.raw`[\p{Zs}\u2800]`;

// scripts in which a joiner or non-joiner between two letters changes how a word is written and read
const JOINING = [
  ...["Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada"],
  ...["Malayalam", "Sinhala", "Khmer", "Myanmar"],
];
const LETTER = `[${JOINING.map((script) => String.raw`\p{Script=${script}}`).join("")}]`;

// what is not seen itself, but belongs to what is: in a word, in an emoji of several, after an emoji, in a keycap
const BELONGING = [
  String.raw`(?<=${LETTER})[\u200c\u200d](?=${LETTER})`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
];

const EACH_UNSEEN = new RegExp(String.raw`${UNSEEN}|(?! )${BLANK}`, "gu");
const EACH_OF_OUTPUT = new RegExp(String.raw`(\t|${BELONGING.join("|")})|${UNSEEN}`, "gu");

/**
 * An external text on one line, with every control, every invisible character and every blank but the space as `\u001b`: safe for a
 * terminal, and what it is can be seen. For names, paths, values and messages, in which nothing invisible may make a difference.
 */
export function escapeControls(text: string): string {
  return PLAIN_LINE.test(text) ? text : text.replace(EACH_UNSEEN, escapeUnits);
}

/**
 * A line that a command has printed, for people: as `escapeControls`, but tabs and other blanks stay, and so do joiners and variation
 * selectors where writing needs them, as in Persian words and in emoji.
 */
export function escapeOutput(line: string): string {
  return PLAIN_LINE.test(line)
    ? line
    : line.replace(EACH_OF_OUTPUT, (character, belonging?: string) => (belonging === undefined ? escapeUnits(character) : character));
}

/** Each UTF-16 unit as JSON and JavaScript write it: `\u202e`. */
export function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`).join("");
}
