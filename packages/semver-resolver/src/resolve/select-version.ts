import { count, quote } from "@imagewright/diagnostics";
import { ANY_VERSION, parsePattern, type VersionPattern } from "../read/read-pattern.js";
import type { Version } from "../version.js";
import type { VersionIndex } from "./version-index.js";

/** The version selected by a pattern, and why. */
export interface Selection<Entry extends Version = Version> {
  /** The pattern as written. */
  readonly pattern: string;
  /** The newest match; absent if there is none. */
  readonly chosen?: Entry;
  /** The number of matches. */
  readonly matches: number;
  /** One line of text. */
  readonly reason: string;
}

/** Selects the newest version that matches a pattern, with the reason. Throws `invalid-pattern` for an invalid pattern given as text. */
export function selectVersion<Entry extends Version>(index: VersionIndex<Entry>, pattern: VersionPattern | string): Selection<Entry> {
  const wanted = typeof pattern === "string" ? parsePattern(pattern) : pattern;
  const chosen = index.newest(wanted);
  const matches = index.count(wanted);
  if (chosen === undefined) return { pattern: wanted.text, matches, reason: reasonForNone(index, wanted) };
  const reason = matches === 1 ? `the only match of ${quote(wanted.text)}` : `the newest of ${matches} that match ${quote(wanted.text)}`;
  return { pattern: wanted.text, chosen, matches, reason: `${reason}, among ${count(index.size, "version")}` };
}

/** Adds the newest version of the nearest wider pattern with matches, which the user is probably looking for. */
function reasonForNone<Entry extends Version>(index: VersionIndex<Entry>, { numbers, text }: VersionPattern): string {
  if (index.size === 0) return `no version matches ${quote(text)}: there are none`;
  for (let known = numbers.length - 1; known > 0; known--) {
    const near = index.newest({ numbers: numbers.slice(0, known), text });
    if (near !== undefined)
      return `no version matches ${quote(text)}; the newest of ${quote(wider(numbers.slice(0, known)))} is ${quote(near.text)}`;
  }
  return `no version matches ${quote(text)}; the newest of all is ${quote(index.newest(ANY_VERSION)?.text ?? "")}`;
}

function wider(numbers: readonly number[]): string {
  const [major = "x", minor = "x", patch = "x"] = numbers;
  return `${major}.${minor}.${patch}`;
}
