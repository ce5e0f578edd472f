import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Pattern } from "./pattern.js";
import { readPatternTemplate } from "./template.js";

function globOf(text: string) {
  const pattern = new Pattern(readPatternTemplate(text, { variables: false, wildcards: true }).template);
  const scope = { single: () => undefined };
  return { test: (found: string) => pattern.test(found, scope), testStart: (found: string) => pattern.testStart(found, scope) };
}

/** The same by trying everything, a character at a time. */
function tried(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...others] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === "*") return tried(others, text) || (text.length > 0 && tried(pattern, text.slice(1)));
  return text.length > 0 && (first === "?" || first === text[0]) && tried(others, text.slice(1));
}

/** Whether what remains of the pattern when the text ends can be completed, which it always can. */
function couldBecome(pattern: readonly string[], text: readonly string[]): boolean {
  if (text.length === 0) return true;
  const [first, ...others] = pattern;
  if (first === undefined) return false;
  if (first === "*") return couldBecome(others, text) || couldBecome(pattern, text.slice(1));
  return (first === "?" || first === text[0]) && couldBecome(others, text.slice(1));
}

describe("patterns with * and ?", () => {
  test("match what trying everything matches, characters beyond 16 bits included", () => {
    const matches = { true: 0, false: 0 };
    const letters = fc.constantFrom("a", "b", "😀");
    const signs = fc.oneof(letters, fc.constantFrom("*", "?"));
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 7 }), fc.array(letters, { maxLength: 7 }), (pattern, text) => {
        const expected = tried(pattern, text);
        matches[`${expected}`] += 1;
        expect(globOf(pattern.join("")).test(text.join(""))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(matches.true, matches.false)).toBeGreaterThan(100);
  });

  test("say of how a text begins whether all, none or some of what it may become match", () => {
    const answers = { true: 0, false: 0, undefined: 0 };
    const letters = fc.constantFrom("a", "😀");
    const signs = fc.oneof(letters, fc.constantFrom("*", "?"));
    const ends = ["", "a", "😀", "aa", "a😀", "😀a", "😀😀", "aaa", "a".repeat(9), "b"].map((end) => [...end]);
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 5 }), fc.array(letters, { maxLength: 4 }), (pattern, start) => {
        const answer = globOf(pattern.join("")).testStart(start.join(""));
        answers[`${answer as boolean}`] += 1;
        if (answer !== undefined) for (const end of ends) expect(tried(pattern, [...start, ...end])).toBe(answer);
        else expect(couldBecome(pattern, start)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(answers.true, answers.false, answers.undefined)).toBeGreaterThan(100);
  });

  test("with thousands of stars are no more work than the lengths of pattern and text", () => {
    // each of these is exponential, or of a high power, for a matcher that tries again
    const text = "a".repeat(20_000);
    expect(globOf(`${"*a".repeat(10_000)}b`).test(text)).toBe(false);
    expect(globOf("*a".repeat(20_000)).test(text)).toBe(true);
    expect(globOf(`${"a*".repeat(7_000)}${"?".repeat(100)}b`).test(text)).toBe(false);
    expect(globOf("*".repeat(30_000)).test(text)).toBe(true);
  });
});
