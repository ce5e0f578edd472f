import { describe, expect, test } from "@jest/globals";
import { readTime } from "./read-time.js";

describe("the time of a flag", () => {
  test.each([
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["2027-01-01T08:30Z", "2027-01-01T08:30:00.000Z"],
    ["2027-01-01T23:30:00.5-02:00", "2027-01-02T01:30:00.500Z"],
  ])("%s", (text, expected) => {
    expect(readTime("at", text).toISOString()).toBe(expected);
  });

  test.each([
    "2026-02-30",
    "2026-02-30T00:00:00Z",
    "2026-02-29T23:59:59+02:00",
    "2026-13-01",
    "2026-00-01T00:00:00Z",
    "2026-01-01T25:00:00Z",
    "2026-01-01T00:00:00",
    "2026",
    "tomorrow",
    "",
  ])("%j is none", (text) => {
    expect(() => readTime("at", text)).toThrow(`--at must be a time such as 2027-01-01 or 2027-01-01T08:00:00Z; found "${text}"`);
  });
});
