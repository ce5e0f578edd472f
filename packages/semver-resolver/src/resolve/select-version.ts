import { count, quote } from "@imagewright/diagnostics";
import { ANY_VERSION, parsePattern, type VersionPattern } from "../read/read-pattern.js";
import type { Version } from "../version.js";
import type { VersionIndex } from "./version-index.js";

/** Which version a pattern picks, and why. */
export interface Selection<Entry extends Version = Version> {
  /** The pattern as it was written. */
  readonly pattern: string;
  /** The newest that matches; absent where none does. */
  readonly chosen?: Entry;
  /** How many match. */
  readonly matches: number;
  /** One line for people. */
  readonly reason: string;
}

/** Picks the newest version that a pattern means, with the reason. A pattern given as text throws `invalid-pattern` where it is none. */
export function selectVersion<Entry extends Version>(index: VersionIndex<Entry>, pattern: VersionPattern | string): Selection<Entry> {
  const wanted = typeof pattern === "string" ? parsePattern(pattern) : pattern;
  const chosen = index.newest(wanted);
  const matches = index.count(wanted);
  if (chosen === undefined) return { pattern: wanted.text, matches, reason: reasonForNone(index, wanted) };
  const reason = matches === 1 ? `the only match of ${quote(wanted.text)}` : `the newest of ${matches} that match ${quote(wanted.text)}`;
  return { pattern: wanted.text, chosen, matches, reason: `${reason}, among ${count(index.size, "version")}` };
}

/** Names the newest version of the nearest wider pattern that has any, since that is what the user probably looks for. */
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
