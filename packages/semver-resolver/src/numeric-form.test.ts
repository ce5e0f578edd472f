import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nodeNumber } from "./testing/arbitraries.js";
import { canonicalText, compareVersions, fromNumericForm, parseVersion, toNumericForm, withBuild, type BuildVersion } from "./index.js";

const build = fc
  .record({ major: nodeNumber, minor: nodeNumber, patch: nodeNumber, build: nodeNumber })
  .map((nodes): BuildVersion => ({ ...nodes, text: canonicalText(nodes) }));

describe("numeric form", () => {
  test("can be converted back, as BigInt and as text", () => {
    fc.assert(
      fc.property(build, (one) => {
        expect(fromNumericForm(toNumericForm(one))).toEqual(one);
        expect(fromNumericForm(String(toNumericForm(one)))).toEqual(one);
      }),
    );
  });

  test("is the sum of the four numbers at their powers of two", () => {
    fc.assert(
      fc.property(build, ({ major, minor, patch, build, text }) => {
        const sum = BigInt(major) * 2n ** 90n + BigInt(minor) * 2n ** 60n + BigInt(patch) * 2n ** 30n + BigInt(build);
        expect(toNumericForm({ major, minor, patch, build, text })).toBe(sum);
      }),
    );
  });

  test("has the order of the versions", () => {
    fc.assert(
      fc.property(build, build, (a, b) => {
        const [left, right] = [toNumericForm(a), toNumericForm(b)];
        expect(Math.sign(compareVersions(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });

  test("small numbers are exact", () => {
    expect(fromNumericForm(7).text).toBe("0.0.0/7");
    expect(fromNumericForm(0n).text).toBe("0.0.0/0");
    expect(fromNumericForm(2n ** 120n - 1n).text).toBe("1073741823.1073741823.1073741823/1073741823");
  });

  test.each([
    [-1n, '"-1" is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1'],
    [2n ** 120n, `"${2n ** 120n}" is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1`],
    [1.5, '"1.5" is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1'],
    [Number.NaN, '"NaN" is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1'],
    ["1e3", '"1e3" is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1'],
    ["", '"" is not the numeric form of a version; allowed: whole numbers from 0 to 2^120 - 1'],
    [
      JSON.parse("1237940039285380274899124227") as number,
      "the number 1.2379400392853803e+27 is above 2^53, where JavaScript's numbers lose digits; the numeric form of a version is given as BigInt or text",
    ],
  ])("%p is rejected", (value, message) => {
    expect(() => fromNumericForm(value)).toThrow(message);
  });

  test("numbers out of range are rejected", () => {
    expect(() => toNumericForm({ ...withBuild(parseVersion("1.0.0"), 1), minor: 2 ** 30 })).toThrow(
      "the minor number 1073741824 is not possible; allowed: whole numbers from 0 to 1073741823",
    );
  });
});
