import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { maxSatisfying } from "semver";
import { patternText, version, versionOrBuild } from "../testing/arbitraries.js";
import {
  canonicalText,
  compareVersions,
  matchesPattern,
  MAX_NODE,
  parsePattern,
  parseVersion,
  selectVersion,
  VersionIndex,
  type Version,
} from "../index.js";

/** The expected result, found by a linear search. */
function bruteForce(versions: readonly Version[], pattern: string): Version[] {
  const wanted = parsePattern(pattern);
  const firsts = versions.filter((one, position) => versions.findIndex((other) => compareVersions(one, other) === 0) === position);
  return firsts.filter((one) => matchesPattern(wanted, one)).sort((a, b) => compareVersions(b, a));
}

describe("VersionIndex", () => {
  test("returns the same as a linear search, whether built at once or one by one", () => {
    fc.assert(
      fc.property(fc.array(versionOrBuild), fc.array(versionOrBuild), patternText, (early, late, pattern) => {
        const index = new VersionIndex(early);
        for (const one of late) index.add(one);
        const expected = bruteForce([...early, ...late], pattern);
        expect([...index.matching(pattern)]).toEqual(expected);
        expect(index.newest(pattern)).toBe(expected[0]);
        expect(index.count(pattern)).toBe(expected.length);
        expect(index.size).toBe(bruteForce([...early, ...late], "x.x.x").length);
      }),
    );
  });

  test("returns the same as maxSatisfying of semver", () => {
    const range = patternText.filter((text) => !text.includes("/"));
    fc.assert(
      fc.property(fc.array(version), range, (versions, pattern) => {
        expect(new VersionIndex(versions).newest(pattern)?.text ?? null).toBe(
          maxSatisfying(
            versions.map(({ text }) => text),
            pattern,
          ),
        );
      }),
    );
  });

  test("finds every added version, and no other", () => {
    fc.assert(
      fc.property(fc.array(versionOrBuild), versionOrBuild, (versions, other) => {
        const index = new VersionIndex(versions);
        for (const one of versions) expect(index.get(one)?.text).toBe(one.text);
        expect(index.get(other) !== undefined).toBe(versions.some((one) => compareVersions(one, other) === 0));
      }),
    );
  });

  test("handles thousands added one by one, in any order", () => {
    const versions = Array.from({ length: 10_000 }, (_, position) =>
      parseVersion(`${(position * 7919) % 13}.${(position * 104_729) % 17}.${position}/${position % 3}`),
    );
    const index = new VersionIndex();
    for (const one of versions) index.add(one);
    expect(index.size).toBe(10_000);
    const newestFirst = [...versions].sort((a, b) => compareVersions(b, a));
    expect([...index.matching("x.x.x")].map(({ text }) => text)).toEqual(newestFirst.map(({ text }) => text));
    for (const pattern of ["x.x.x", "3.x.x", "3.4.x", "12.16.x"])
      expect(index.newest(pattern)).toBe(newestFirst.find((one) => matchesPattern(parsePattern(pattern), one)));
  });

  test("handles many added at once, with large and with equal numbers", () => {
    const number = fc.oneof(fc.nat(2), fc.integer({ min: 65_530, max: 65_540 }), fc.integer({ min: MAX_NODE - 2, max: MAX_NODE }));
    const nodes = fc.record({ major: number, minor: number, patch: number, build: number });
    const versions = fc.sample(nodes, 20_000).map((one): Version => ({ ...one, text: canonicalText(one) }));
    const positions = new Map(versions.map((one, position) => [one, position]));
    const dropped: [number, number][] = [];
    const index = new VersionIndex(versions, (one, kept) => dropped.push([positions.get(one) ?? -1, positions.get(kept) ?? -1]));
    const firsts = [...new Map(versions.toReversed().map((one) => [one.text, one])).values()].sort((a, b) => compareVersions(b, a));
    expect(index.size).toBe(firsts.length);
    expect(dropped).toHaveLength(versions.length - firsts.length);
    expect(dropped.filter(([one, kept]) => kept === -1 || one <= kept || versions[one]?.text !== versions[kept]?.text)).toEqual([]);
    expect([...index.matching("x.x.x")].map((one) => positions.get(one))).toEqual(firsts.map((one) => positions.get(one)));
    expect(firsts.filter((one) => index.get(one) !== one)).toEqual([]);
  });

  test("a version selects its highest build; a build selects itself", () => {
    const index = new VersionIndex(["1.0.0", "1.0.0/2", "1.0.0/10", "1.0.1"].map((text) => parseVersion(text)));
    expect(index.newest("1.0.0")?.text).toBe("1.0.0/10");
    expect(index.newest("1.0.0/2")?.text).toBe("1.0.0/2");
    expect(index.newest("1.0.0/3")).toBeUndefined();
    expect(index.get(parseVersion("1.0.0"))?.text).toBe("1.0.0");
    expect(index.newest("1.0.1")?.text).toBe("1.0.1");
  });

  test("versions in the form of dates are compared as numbers and keep their spelling", () => {
    const index = new VersionIndex(["2021.01.09", "2021.1.10", "2020.12.31"].map((text) => parseVersion(text)));
    expect([...index.matching("x.x.x")].map(({ text }) => text)).toEqual(["2021.1.10", "2021.01.09", "2020.12.31"]);
    expect(index.newest("2021.01.x")?.text).toBe("2021.1.10");
  });

  test("of two spellings of one version the first is kept", () => {
    const [first, second, third] = ["2021.01.01", "2021.1.1", "2021.001.1"].map((text) => parseVersion(text)) as [
      Version,
      Version,
      Version,
    ];
    const dropped: [string, string][] = [];
    const index = new VersionIndex([first, second], (one, kept) => dropped.push([one.text, kept.text]));
    expect(dropped).toEqual([["2021.1.1", "2021.01.01"]]);
    expect(index.add(third)).toBe(first);
    expect(index.size).toBe(1);
    expect(index.newest("2021.1.1")?.text).toBe("2021.01.01");
  });

  test("entries keep their other properties", () => {
    const index = new VersionIndex([{ ...parseVersion("1.0.0"), image: "a" }]);
    index.add({ ...parseVersion("1.0.1"), image: "b" });
    expect(index.newest("x.x.x")?.image).toBe("b");
  });

  test("numbers out of range are rejected, not truncated", () => {
    const wrong = { major: 2 ** 32, minor: 0, patch: 0, text: "4294967296.0.0" };
    expect(() => new VersionIndex([wrong])).toThrow(
      "the major number 4294967296 is not possible; allowed: whole numbers from 0 to 1073741823",
    );
    expect(() => new VersionIndex().add({ ...wrong, major: 1, build: 0.5 })).toThrow(
      "the build number 0.5 is not possible; allowed: whole numbers from 0 to 1073741823",
    );
  });
});

describe("selectVersion says why", () => {
  const index = new VersionIndex(["1.2.3/1", "1.2.3/2", "1.3.0", "2.0.0"].map((text) => parseVersion(text)));

  test.each([
    ["x.x.x", "2.0.0", 'the newest of 4 that match "x.x.x", among 4 versions'],
    ["1.2.3", "1.2.3/2", 'the newest of 2 that match "1.2.3", among 4 versions'],
    ["1.2.3/1", "1.2.3/1", 'the only match of "1.2.3/1", among 4 versions'],
    ["1.2.3/9", undefined, 'no version matches "1.2.3/9"; the newest of "1.2.3" is "1.2.3/2"'],
    ["1.3.5", undefined, 'no version matches "1.3.5"; the newest of "1.3.x" is "1.3.0"'],
    ["1.9.9", undefined, 'no version matches "1.9.9"; the newest of "1.x.x" is "1.3.0"'],
    ["7.x.x", undefined, 'no version matches "7.x.x"; the newest of all is "2.0.0"'],
  ])("%s", (pattern, chosen, reason) => {
    const selection = selectVersion(index, pattern);
    expect([selection.pattern, selection.chosen?.text, selection.reason]).toEqual([pattern, chosen, reason]);
  });

  test("of nothing", () => {
    expect(selectVersion(new VersionIndex(), "x.x.x")).toEqual({
      pattern: "x.x.x",
      matches: 0,
      reason: 'no version matches "x.x.x": there are none',
    });
  });

  test("the selected version is the newest of all matches", () => {
    fc.assert(
      fc.property(fc.array(versionOrBuild), patternText, (versions, pattern) => {
        const { chosen, matches } = selectVersion(new VersionIndex(versions), pattern);
        const expected = bruteForce(versions, pattern);
        expect([chosen && canonicalText(chosen), matches]).toEqual([expected[0] && canonicalText(expected[0]), expected.length]);
      }),
    );
  });
});
