import { DOUBLE_QUOTES, endOfLine, isOneOf, SINGLE_QUOTES } from "./characters.js";
import { Stop } from "./stop.js";

/** Where strings are, and how the code in them is skipped. */
export interface StringSource {
  readonly text: string;
  /** The line of a place, as messages name it. */
  readonly lineAt: (offset: number) => string;
  /** Skips `$(…)`, given the index of its `$`. Returns the index after it. */
  readonly skipSubExpression: (at: number, inHereString: boolean) => number;
}

/** Skips a string, given the index of its quote. Returns the index after it. */
export function skipString(source: StringSource, start: number): number {
  const { text } = source;
  const isSingle = isOneOf(text[start], SINGLE_QUOTES);
  const quotes = isSingle ? SINGLE_QUOTES : DOUBLE_QUOTES;
  for (let at = start + 1; at < text.length;) {
    if (!isOneOf(text[at], quotes)) at = isSingle ? at + 1 : skipExpandable(source, at, false);
    else if (isOneOf(text[at + 1], quotes)) at += 2;
    else return at + 1;
  }
  const isApostrophe = isSingle && /\p{L}/u.test(text[start - 1] ?? "");
  throw new Stop({
    offset: start,
    message: `the string that begins with ${text[start]} ${source.lineAt(start)} is not closed`,
    ...(isApostrophe && { help: "put a text that has an apostrophe in it between double quotes" }),
  });
}

/** Skips a here-string, given the index of its @. Returns the index after it. */
export function skipHereString(source: StringSource, start: number): number {
  const { text, lineAt } = source;
  const quote = text[start + 1] ?? "";
  const isSingle = isOneOf(quote, SINGLE_QUOTES);
  const quotes = isSingle ? SINGLE_QUOTES : DOUBLE_QUOTES;
  const head = endOfLine(text, start);
  if (text.slice(start + 2, head).trim() !== "") {
    const message = `the text after @${quote} ${lineAt(start)} must begin on the next line`;
    throw new Stop({ offset: start + 2, message });
  }
  for (let at = head; at < text.length;) {
    if (text[at] === "\n" && isOneOf(text[at + 1], quotes) && text[at + 2] === "@") return at + 3;
    at = isSingle || text[at] === "\n" ? at + 1 : skipExpandable(source, at, true);
  }
  const isIndented = new RegExp(`\\n[ \\t]+[${quotes}]@`).test(text.slice(head));
  throw new Stop({
    offset: start,
    message: `the text that begins with @${quote} ${lineAt(start)} is not closed`,
    ...(isIndented && { help: `${quote}@ ends it only at the beginning of a line` }),
  });
}

/** Skips one character of a string in double quotes, or what is more than a character in it. */
function skipExpandable({ text, skipSubExpression }: StringSource, at: number, inHereString: boolean): number {
  const character = text[at];
  if (character === "`") {
    // whether an escaped line end can stand before the end of a here-string is nowhere said
    if (inHereString && /^\r?\n["“”„]@/.test(text.slice(at + 1, at + 5))) throw new Stop();
    return at + 2;
  }
  if (character !== "$") return at + 1;
  if (text[at + 1] === "(") return skipSubExpression(at, inHereString);
  return text[at + 1] === "{" ? skipBracedVariable(text, at) : at + 1;
}

/** Skips `${…}`, whose name may have any characters. Returns the index after it. */
export function skipBracedVariable(text: string, start: number): number {
  const name = /\$\{[^}`\n"'“”„‘’‚‛{]*\}/y;
  name.lastIndex = start;
  if (!name.test(text)) throw new Stop();
  return name.lastIndex;
}
