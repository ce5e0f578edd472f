import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { version, versionOrBuild } from "./testing/arbitraries.js";
import { compareVersions, isSameVersion, MAX_NODE, nextBuild, nextVersion, parseVersion, readVersion, type Bump } from "./index.js";

const bump = fc.constantFrom<Bump>("major", "minor", "patch");

describe("nextVersion", () => {
  test.each([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3/7", "patch", "1.2.4"],
    ["2021.01.09", "patch", "2021.01.10"],
    ["2021.01.31", "patch", "2021.01.32"],
    ["2021.09.05", "minor", "2021.10.00"],
    ["2021.12.05", "major", "2022.0.00"],
    ["09.1.1", "major", "10.0.0"],
    ["99.1.1", "minor", "99.2.0"],
  ] as const)("after %s by %s is %s", (text, by, next) => {
    expect(nextVersion(parseVersion(text), by)).toEqual(parseVersion(next));
  });

  test("is newer, and can be parsed again", () => {
    fc.assert(
      fc.property(versionOrBuild, bump, (one, by) => {
        fc.pre(one[by] < MAX_NODE);
        const next = nextVersion(one, by);
        expect(compareVersions(next, one)).toBeGreaterThan(0);
        expect(readVersion(next.text).value).toEqual(next);
      }),
    );
  });

  test("ends at the highest number", () => {
    expect(() => nextVersion(parseVersion("1.1073741823.0"), "minor")).toThrow(
      'there is no minor number after that of "1.1073741823.0"; 1073741823 is the highest',
    );
    expect(nextVersion(parseVersion("1.1073741823.0"), "major").text).toBe("2.0.0");
  });
});

describe("nextBuild", () => {
  test.each([
    ["1.0.0", [], "1.0.0/1"],
    ["1.0.0", ["1.0.0"], "1.0.0/1"],
    ["1.0.0", ["1.0.0/1", "1.0.0/3"], "1.0.0/4"],
    ["1.0.0/1", ["1.0.0/2"], "1.0.0/3"],
    ["1.0.0", ["1.0.1/9", "1.1.0/9", "2.0.0/9"], "1.0.0/1"],
    ["2021.01.01", ["2021.1.1/4"], "2021.01.01/5"],
    ["1.0.0", ["1.0.0/0"], "1.0.0/1"],
  ])("of %s among %j is %s", (text, existing, next) => {
    expect(
      nextBuild(
        parseVersion(text),
        existing.map((other) => parseVersion(other)),
      ),
    ).toEqual(parseVersion(next));
  });

  test("is higher than every existing build of the version", () => {
    fc.assert(
      fc.property(version, fc.array(versionOrBuild), (one, others) => {
        fc.pre(others.every(({ build }) => build !== MAX_NODE));
        const next = nextBuild(one, others);
        expect(isSameVersion(next, one)).toBe(true);
        for (const other of others.filter((other) => isSameVersion(other, one))) expect(compareVersions(next, other)).toBeGreaterThan(0);
      }),
    );
  });

  test("ends at the highest number", () => {
    expect(() => nextBuild(parseVersion("1.0.0"), [parseVersion("1.0.0/1073741823")])).toThrow(
      'there is no build number after that of "1.0.0/1073741823"; 1073741823 is the highest',
    );
  });
});
