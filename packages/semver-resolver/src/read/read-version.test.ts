import { describe, expect, test } from "@jest/globals";
import { isImagewrightError, renderText, SourceFile, type ImagewrightError } from "@imagewright/diagnostics";
import { shown } from "../testing/shown.js";
import { parsePattern, parseVersion, readNewVersion, readPattern, readVersion } from "../index.js";

const FORM = "<major>.<minor>.<patch>";
const N = "0 to 1073741823";

describe("readVersion", () => {
  test.each([
    ["1.0.0", { major: 1, minor: 0, patch: 0 }],
    ["0.0.0/0", { major: 0, minor: 0, patch: 0, build: 0 }],
    ["2021.01.01", { major: 2021, minor: 1, patch: 1 }],
    ["2021.01.01/07", { major: 2021, minor: 1, patch: 1, build: 7 }],
    ["1073741823.1073741823.1073741823/1073741823", { major: 1073741823, minor: 1073741823, patch: 1073741823, build: 1073741823 }],
    ["000000000000000000001.0.0", { major: 1, minor: 0, patch: 0 }],
  ])("%s", (text, nodes) => {
    expect(readVersion(text)).toEqual({ value: { ...nodes, text }, diagnostics: [] });
  });

  // all of these apply to patterns too, with other allowed values
  test.each([
    ["", `0-0 the version is empty; allowed: ${FORM}, optionally with /<build> [version-empty]`],
    ["  ", `0-2 the version has only blanks; allowed: ${FORM}, optionally with /<build> [version-blank]`],
    ["1", `0-1 "1" has no minor and no patch number; allowed: ${FORM} [version-parts]`],
    ["1.2", `0-3 "1.2" has no patch number; allowed: ${FORM} [version-parts]`],
    ["1.2/3", `0-3 "1.2" has no patch number; allowed: ${FORM} [version-parts]`],
    ["1.2.3.4", `5-7 "1.2.3.4" has more than three numbers; allowed: ${FORM} [version-parts] a build number follows a slash: "1.2.3/4"`],
    ["1.2.3.4.5", `5-9 "1.2.3.4.5" has more than three numbers; allowed: ${FORM} [version-parts]`],
    ["/4", `0-1 there is nothing before the slash; allowed: ${FORM}/<build> [version-parts]`],
    [".1.2.3", `0-1 ".1.2.3" begins with a dot; allowed: ${FORM} [version-dot]`],
    ["1.2.3.", `5-6 "1.2.3." ends with a dot; allowed: ${FORM} [version-dot]`],
    ["1.2.", `3-4 "1.2." ends with a dot; allowed: ${FORM} [version-dot]`],
    ["1..3", `2-3 "1..3" has two dots in a row; allowed: ${FORM} [version-dot]`],
    ["..", `0-2 ".." has only dots; allowed: ${FORM} [version-dot]`],
    ["1.-2.3", `2-3 the minor number "-2" has a sign; allowed: ${N} [version-sign]`],
    ["+1.2.3", `0-1 the major number "+1" has a sign; allowed: ${N} [version-sign]`],
    ["1.2.3/-1", `6-7 the build number "-1" has a sign; allowed: ${N} [version-sign]`],
    [" 1.2.3", `0-1 there is a blank in the major number " 1"; allowed: ${N} [version-blank]`],
    ["1. 2.3", `2-3 there is a blank in the minor number " 2"; allowed: ${N} [version-blank]`],
    ["1.2.3\t\n", `5-7 there is a blank in the patch number "3\\t\\n"; allowed: ${N} [version-blank]`],
    ["1.2.1073741824", `4-14 the patch number 1073741824 is too large; allowed: ${N} [version-too-large]`],
    ["1.2.3/1073741824", `6-16 the build number 1073741824 is too large; allowed: ${N} [version-too-large]`],
    [`${"9".repeat(400)}.2.3`, `0-400 the major number ${"9".repeat(40)}… is too large; allowed: ${N} [version-too-large]`],
    ["1.X.x", '2-3 the wildcard "X" is not known; wildcards are written "x" [version-wildcard-spelling]'],
    ["1.2.*", '4-5 the wildcard "*" is not known; wildcards are written "x" [version-wildcard-spelling]'],
    ["v1.2.3", `0-2 the major number "v1" is not a whole number; allowed: ${N} [version-not-a-number] write the number without "v"`],
    [
      "1.2.3-beta",
      `5-10 the patch number "3-beta" is not a whole number; allowed: ${N} [version-not-a-number] versions of image resources have no pre-release or build names`,
    ],
    ["1.0x2.3", `3-5 the minor number "0x2" is not a whole number; allowed: ${N} [version-not-a-number]`],
    ["1.٢.3", `2-3 the minor number "٢" is not a whole number; allowed: ${N} [version-not-a-number]`],
    ["1.2.3/", `5-6 there is no build number after the slash; allowed: ${N} [version-build]`],
    ["1.2.3/4/5", `7-9 there is a second slash; allowed: ${FORM}/<build> [version-build]`],
  ])("%j is rejected with its own message, as a version and as a pattern", (text, message) => {
    expect(shown(readVersion(text).diagnostics)).toEqual([message]);
    const build = message.includes("the build number") || message.includes("no build number");
    expect(shown(readPattern(text).diagnostics)).toEqual([
      build ? message : message.replace(`allowed: ${N}`, `allowed: ${N}, or "x" for any`),
    ]);
  });

  test("all faults are reported, each with its place in the file", () => {
    const source = new SourceFile("recipe.yaml", "semanticVersion: -1.2 .x/");
    const { value, diagnostics } = readVersion({ source, start: 17, end: source.text.length });
    expect(value).toBeUndefined();
    expect(renderText(diagnostics)).toBe(
      [
        `recipe.yaml:1:18: the major number "-1" has a sign; allowed: ${N} [version-sign]`,
        "  semanticVersion: -1.2 .x/",
        "                   ^",
        `recipe.yaml:1:22: there is a blank in the minor number "2 "; allowed: ${N} [version-blank]`,
        "  semanticVersion: -1.2 .x/",
        "                       ^",
        `recipe.yaml:1:25: there is no build number after the slash; allowed: ${N} [version-build]`,
        "  semanticVersion: -1.2 .x/",
        "                          ^",
        "3 errors",
        "",
      ].join("\n"),
    );
  });

  test("wildcards are allowed in patterns only", () => {
    expect(shown(readVersion("1.x.x").diagnostics)).toEqual([
      `2-3 "x" matches any minor number, but a single version is required here; allowed: ${N} [version-wildcard]`,
      `4-5 "x" matches any patch number, but a single version is required here; allowed: ${N} [version-wildcard]`,
    ]);
  });

  test("a build can be required or forbidden", () => {
    expect(readVersion("1.2.3/4", { build: "required" }).value?.build).toBe(4);
    expect(shown(readVersion("1.2.3", { build: "required" }).diagnostics)).toEqual([
      `0-5 "1.2.3" has no build number; allowed: ${FORM}/<build> [version-build]`,
    ]);
    expect(shown(readVersion("1.2.3/4", { build: "none" }).diagnostics)).toEqual([
      `5-7 a build number cannot be chosen, it is assigned; allowed: ${FORM} [version-build]`,
    ]);
  });

  test("a text of megabytes is rejected with a short message", () => {
    expect(shown(readVersion("1.".repeat(1_000_000)).diagnostics)[0]).toContain(
      '"1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.…" has more than',
    );
    expect(shown(readVersion(`${"9".repeat(1_000_000)}.0.0`).diagnostics)[0]).toHaveLength(
      "0-1000000 the major number … is too large; allowed: 0 to 1073741823 [version-too-large]".length + 40,
    );
  });
});

test("readNewVersion rejects an existing version in any spelling", () => {
  const existing = [parseVersion("1.0.0/2"), parseVersion("2021.01.01")];
  expect(readNewVersion("1.0.1", existing).value?.text).toBe("1.0.1");
  expect(shown(readNewVersion("2021.1.1", existing).diagnostics)).toEqual([
    '0-8 version "2021.1.1" exists already, written "2021.01.01"; allowed: one that does not exist [version-exists]',
  ]);
  expect(shown(readNewVersion("1", existing).diagnostics)).toEqual([
    `0-1 "1" has no minor and no patch number; allowed: ${FORM} [version-parts]`,
  ]);
});

describe("parseVersion and parsePattern", () => {
  test("throw all messages, with the diagnostics in the data", () => {
    const error = thrownBy(() => parseVersion("v1.-2.3"));
    expect(error.code).toBe("semver-resolver/invalid-version");
    expect(error.message).toBe(
      `the major number "v1" is not a whole number; allowed: ${N}; the minor number "-2" has a sign; allowed: ${N}`,
    );
    expect(error.hints).toEqual(['write the number without "v"']);
    expect(shown((error.data as ReturnType<typeof readVersion>).diagnostics)).toHaveLength(2);
    expect(thrownBy(() => parsePattern("x.2.x")).code).toBe("semver-resolver/invalid-pattern");
  });
});

function thrownBy(body: () => unknown): ImagewrightError {
  try {
    body();
  } catch (error) {
    if (isImagewrightError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
