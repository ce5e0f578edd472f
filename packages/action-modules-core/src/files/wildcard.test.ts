import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { matchesWildcard } from "./wildcard.js";

describe("a wildcard", () => {
  const rows: [string, string, boolean][] = [
    ["*", "", true],
    ["*", ".hidden", true],
    ["*.log", "a.log", true],
    ["*.log", ".log", true],
    ["*.log", "a.log.1", false],
    ["a*", "a", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["*ab*ab*", "xabyabz", true],
    ["*ab*ab*", "xaby", false],
    ["a*b*c", "a-bb-c", true],
    ["a*bc*c", "abc", false],
    ["*.*", "no dot", false],
    ["abc", "abc", true],
    ["abc", "abcd", false],
    ["a", "aa", false],
  ];
  test.each(rows)("%s and the name %s", (pattern, name, expected) => {
    expect(matchesWildcard(pattern, name)).toBe(expected);
  });

  test("matches as the regular expression .* does", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, name, (before, after, found) => {
        const pattern = `${before}*${after}`;
        expect(matchesWildcard(pattern, found)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(found));
      }),
      { numRuns: 2000 },
    );
  });

  test("many wildcards on a long name take steps in proportion to it, not an exponential number of them", () => {
    expect(matchesWildcard(`${"a*".repeat(200)}b`, "a".repeat(100_000))).toBe(false);
  });
});
