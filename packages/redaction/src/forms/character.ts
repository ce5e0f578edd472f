// How a character may be written: as itself, and as the escapes of JSON, shells, URLs and markup write it. Any mixture of these is found
// because each character is escaped independently of the next.
//
// Sealed values refer to spellings by number, so new ones have to come last.
import { memoized, unitOf, type Unit } from "./unit.js";

const ESCAPE_LETTERS: Readonly<Record<string, readonly string[]>> = {
  "\u0007": ["a"],
  "\b": ["b"],
  "\t": ["t"],
  "\n": ["n"],
  "\u000b": ["v"],
  "\f": ["f"],
  "\r": ["r"],
  "\u001b": ["e", "E"],
};

const ENTITIES: Readonly<Record<string, readonly string[]>> = {
  "&": ["&amp;"],
  "<": ["&lt;"],
  ">": ["&gt;"],
  '"': ["&quot;"],
  "'": ["&apos;"],
};

const unitOfSpellings = memoized((character: string) => unitOf(character === "\n" ? lineBreaks() : spellings(character)));

/** The ways to write one character of a secret. A line feed represents a line break of either kind. */
export function characterUnit(character: string): Unit {
  return unitOfSpellings(character);
}

function spellings(character: string): string[] {
  return [character, ...json(character), ...shell(character), ...ansi(character), ...url(character), ...markup(character)];
}

// both characters of a CRLF are escaped in the same way
function lineBreaks(): string[] {
  const carriageReturns = spellings("\r");
  const lineFeeds = spellings("\n");
  return [...lineFeeds, ...lineFeeds.map((lineFeed, index) => `${carriageReturns[index] ?? ""}${lineFeed}`)];
}

// once, and twice for JSON within JSON
function json(character: string): string[] {
  const units = Array.from({ length: character.length }, (_, index) => digits(character.charCodeAt(index), 4));
  const once = [inner(character), ...(character === "/" ? ["\\/"] : []), ...inBothCases(units, "\\u")];
  return [...once, ...once.map(inner)];
}

function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

// unquoted, within double quotes and within single ones, where an apostrophe ends the quotes and starts new ones
function shell(character: string): string[] {
  const quotes = character === "'" ? ["'\\''", `'"'"'`] : [];
  return /^[!-/:-@[-`{-~ \t]$/.test(character) ? [`\\${character}`, ...quotes] : [];
}

// $'...', including the form of programs that quote only this one character
function ansi(character: string): string[] {
  const bytes = [...Buffer.from(character)];
  const code = character.codePointAt(0) ?? 0;
  const letters = (ESCAPE_LETTERS[character] ?? []).map((letter) => `\\${letter}`);
  const octal = bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  const hexadecimal = inBothCases(
    bytes.map((byte) => digits(byte, 2)),
    "\\x",
  );
  const codes = [...inBothCases([digits(code, 8)], "\\U"), ...(code < 256 ? inBothCases([digits(code, 2)], "\\x") : [])];
  const switched = code < 32 ? [...letters, octal].map((escape) => `'$'${escape}''`) : [];
  return [...letters, octal, ...hexadecimal, ...codes, ...switched];
}

function url(character: string): string[] {
  const bytes = [...Buffer.from(character)].map((byte) => digits(byte, 2));
  return [...inBothCases(bytes, "%").reverse(), ...(character === " " ? ["+"] : [])];
}

function markup(character: string): string[] {
  const code = character.codePointAt(0) ?? 0;
  return [...(ENTITIES[character] ?? []), `&#${code};`, ...inBothCases([code.toString(16)], "&#x").map((entity) => `${entity};`)];
}

function digits(number: number, width: number): string {
  return number.toString(16).padStart(width, "0");
}

function inBothCases(numbers: readonly string[], prefix: string): string[] {
  return [numbers, numbers.map((number) => number.toUpperCase())].map((each) => each.map((number) => `${prefix}${number}`).join(""));
}
