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
        '2-3 the minor number 2 follows a wildcard in "x.2.x"; after the first "x" only "x" is allowed [version-wildcard-order] write "x.x.x", or use numbers instead',
      ],
    ],
    [
      "1.x.8",
      [
        '4-5 the patch number 8 follows a wildcard in "1.x.8"; after the first "x" only "x" is allowed [version-wildcard-order] write "1.x.x", or use numbers instead',
      ],
    ],
    [
      "1.2.x/4",
      [
        '6-7 the build number 4 follows a wildcard in "1.2.x/4"; after the first "x" only "x" is allowed [version-wildcard-order] write "1.2.x", or use numbers instead',
      ],
    ],
    [
      "x.1.2",
      [
        '2-3 the minor number 1 follows a wildcard in "x.1.2"; after the first "x" only "x" is allowed [version-wildcard-order] write "x.x.x", or use numbers instead',
      ],
    ],
  ])("%s has a number after a wildcard", (text, messages) => {
    expect(shown(readPattern(text).diagnostics)).toEqual(messages);
  });

  test("is valid if and only if there are numbers before the first wildcard and only wildcards after it", () => {
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

test("a pattern with a wildcard is not a single version", () => {
  expect(versionNamedBy(parsePattern("1.2.x"))).toBeUndefined();
  expect(versionNamedBy(parsePattern("01.2.3/x"))).toEqual({ major: 1, minor: 2, patch: 3, text: "01.2.3" });
});

test("a pattern matches node by node", () => {
  fc.assert(
    fc.property(patternText, version, (text, one) => {
      const nodes = text.split(/[./]/);
      const expected = nodes.every((node, position) => node === "x" || node === String([one.major, one.minor, one.patch][position]));
      expect(matchesPattern(parsePattern(text), one)).toBe(expected);
    }),
  );
});
