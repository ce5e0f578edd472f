import { describe, expect, test } from "@jest/globals";
import { shown } from "./testing/shown.js";
import { parseVersion, readNewVersion, readPattern, readVersion, selectVersion, toNumericForm, VersionIndex } from "./index.js";

describe("chapter 01: semantic versioning", () => {
  const index = new VersionIndex(["2.2.4", "1.7.8", "1.6.8"].map((text) => parseVersion(text)));

  test.each([
    ["x.x.x", "2.2.4", 'the newest of 3 that match "x.x.x", among 3 versions'],
    ["1.x.x", "1.7.8", 'the newest of 2 that match "1.x.x", among 3 versions'],
    ["1.6.x", "1.6.8", 'the only match of "1.6.x", among 3 versions'],
  ])("%s selects %s", (pattern, chosen, reason) => {
    const selection = selectVersion(index, pattern);
    expect([selection.chosen?.text, selection.reason]).toEqual([chosen, reason]);
  });

  test.each(["x.2.x", "1.x.8"])("%s is an error", (pattern) => {
    expect(readPattern(pattern).diagnostics.map(({ code }) => code)).toEqual(["version-wildcard-order"]);
    expect(() => selectVersion(index, pattern)).toThrow(/follows a wildcard/);
  });

  test("a version has four nodes", () => {
    expect(parseVersion("1.2.3/4")).toEqual({ major: 1, minor: 2, patch: 3, build: 4, text: "1.2.3/4" });
  });

  test("each node goes from 0 to 2^30 - 1", () => {
    expect(readVersion("0.0.0/0").diagnostics).toEqual([]);
    expect(readVersion("1073741823.1073741823.1073741823/1073741823").diagnostics).toEqual([]);
    expect(readVersion("1073741824.1073741824.1073741824/1073741824").diagnostics.map(({ code }) => code)).toEqual(
      Array(4).fill("version-too-large"),
    );
  });

  test("any numeric pattern is allowed, such as dates, and stays as written", () => {
    expect(parseVersion("1.0.0").text).toBe("1.0.0");
    expect(parseVersion("2021.01.01").text).toBe("2021.01.01");
    expect(parseVersion("2021.01.01").minor).toBe(1);
  });

  test("the build is assigned, not chosen", () => {
    expect(readVersion("1.0.0/1", { build: "none" }).diagnostics.map(({ code }) => code)).toEqual(["version-build"]);
  });
});

describe("chapter 26: image recipes", () => {
  test("a new version is written <major>.<minor>.<patch>; one that exists is an error", () => {
    const existing = [parseVersion("1.0.0")];
    expect(readNewVersion("1.1.0", existing).value?.text).toBe("1.1.0");
    expect(shown(readNewVersion("1.0.0", existing).diagnostics)).toEqual([
      '0-5 version "1.0.0" exists already; allowed: one that does not exist [version-exists]',
    ]);
  });
});

describe("chapter 47: SNS message format", () => {
  test.each([
    ["1.0.0/3", 1237940039285380274899124227n],
    ["1.0.0/7", 1237940039285380274899124231n],
  ])("%s is %d", (text, semver) => {
    const { build, ...version } = parseVersion(text);
    expect(toNumericForm({ ...version, build: build ?? 0 })).toBe(semver);
  });
});
