import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { patternText, version, versionOrBuild } from "../testing/arbitraries.js";
import { shown } from "../testing/shown.js";
import { matchesPattern, parsePattern, parseVersion, patternOf, readPattern, versionNamedBy } from "../index.js";

describe("readPattern", () => {
  test.each([
    ["x.x.x", []],
    ["x.x.x/x", []],
    ["1.x.x", [1]],
    ["2021.01.x", [2021, 1]],
    ["1.2.3", [1, 2, 3]],
    ["1.2.3/x", [1, 2, 3]],
    ["1.2.3/4", [1, 2, 3, 4]],
  ])("%s", (text, numbers) => {
    expect(readPattern(text)).toEqual({ value: { numbers, text }, diagnostics: [] });
  });

  test.each([
    [
      "x.2.x",
      [
        '2-3 the minor number 2 stands right of a wildcard in "x.2.x"; right of the first "x" there is only "x" [version-wildcard-order] write "x.x.x", or numbers up to there',
      ],
    ],
    [
      "1.x.8",
      [
        '4-5 the patch number 8 stands right of a wildcard in "1.x.8"; right of the first "x" there is only "x" [version-wildcard-order] write "1.x.x", or numbers up to there',
      ],
    ],
    [
      "1.2.x/4",
      [
        '6-7 the build number 4 stands right of a wildcard in "1.2.x/4"; right of the first "x" there is only "x" [version-wildcard-order] write "1.2.x", or numbers up to there',
      ],
    ],
    [
      "x.1.2",
      [
        '2-3 the minor number 1 stands right of a wildcard in "x.1.2"; right of the first "x" there is only "x" [version-wildcard-order] write "x.x.x", or numbers up to there',
        '4-5 the patch number 2 stands right of a wildcard in "x.1.2"; right of the first "x" there is only "x" [version-wildcard-order] write "x.x.x", or numbers up to there',
      ],
    ],
  ])("%s has a number right of a wildcard", (text, messages) => {
    expect(shown(readPattern(text).diagnostics)).toEqual(messages);
  });

  test("is right exactly where what is left of the first wildcard are numbers and what is right of it are wildcards", () => {
    const node = fc.constantFrom("x", "0", "7", "07");
    fc.assert(
      fc.property(fc.tuple(node, node, node), fc.option(node), (semantic, build) => {
        const nodes = build === null ? semantic : [...semantic, build];
        const right = /^[0-9]*x*$/.test(nodes.map((text) => text.slice(-1)).join(""));
        expect(readPattern(`${semantic.join(".")}${build === null ? "" : `/${build}`}`).value !== undefined).toBe(right);
      }),
    );
  });
});

test("a version matches its own pattern, and its builds do", () => {
  fc.assert(
    fc.property(versionOrBuild, (one) => {
      expect(matchesPattern(patternOf(one), one)).toBe(true);
      expect(versionNamedBy(patternOf(one))).toEqual(one);
    }),
  );
  expect(matchesPattern(parsePattern("1.2.3"), parseVersion("1.2.3/4"))).toBe(true);
  expect(matchesPattern(parsePattern("1.2.3/4"), parseVersion("1.2.3"))).toBe(false);
  expect(matchesPattern(parsePattern("1.2.3/4"), parseVersion("1.2.3/5"))).toBe(false);
});

test("a pattern with a wildcard names no version", () => {
  expect(versionNamedBy(parsePattern("1.2.x"))).toBeUndefined();
  expect(versionNamedBy(parsePattern("01.2.3/x"))).toEqual({ major: 1, minor: 2, patch: 3, text: "01.2.3" });
});

test("what a pattern matches is what the text says, node by node", () => {
  fc.assert(
    fc.property(patternText, version, (text, one) => {
      const nodes = text.split(/[./]/);
      const expected = nodes.every((node, position) => node === "x" || node === String([one.major, one.minor, one.patch][position]));
      expect(matchesPattern(parsePattern(text), one)).toBe(expected);
    }),
  );
});
