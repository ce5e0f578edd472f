import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { count, escapeControls, listOf, nearest, quote, unknownName } from "./index.js";

describe("wording", () => {
  test("quote stays on one line, shows control characters and truncates", () => {
    expect(quote('a "b"\n\u001b')).toBe('"a \\"b\\"\\n\\u001b"');
    expect(quote("a\\b\u007f")).toBe('"a\\\\b\\u007f"');
    expect(quote("\u009b31m")).toBe('"\\u009b31m"');
    // the same as JSON, unless a text is truncated or contains control characters
    for (let code = 0x20; code < 0x7f; code++) expect(quote(String.fromCharCode(code))).toBe(JSON.stringify(String.fromCharCode(code)));
    expect(quote("x".repeat(100))).toBe(`"${"x".repeat(60)}…"`);
  });

  test("escapeControls writes out what a terminal obeys or hides, and nothing else", () => {
    expect(escapeControls("a\u001b[2J\t\r\n\u0000\u007f\u009bm")).toBe("a\\u001b[2J\\u0009\\u000d\\u000a\\u0000\\u007f\\u009bm");
    expect(escapeControls("\u202egpj\u2066\u200b\u2060\ufeff\u00ad\u2028")).toBe("\\u202egpj\\u2066\\u200b\\u2060\\ufeff\\u00ad\\u2028");
    expect(escapeControls("\u{e0041}\ud800")).toBe("\\udb40\\udc41\\ud800");
    expect(quote("a\u200bb")).toBe('"a\\u200bb"');
    for (const text of ["plain", "Grüße €", "日本語", "😀", '"\\']) expect(escapeControls(text)).toBe(text);
  });

  test("listOf sorts and joins", () => {
    expect(listOf([])).toBe("");
    expect(listOf(["b"])).toBe('"b"');
    expect(listOf(["c", "a", "b"])).toBe('"a", "b" or "c"');
    expect(listOf(["b", "a", "b"])).toBe('"a" or "b"');
    expect(listOf(["b", "a"], "and")).toBe('"a" and "b"');
  });

  test("listOf sorts plain names as a dictionary does, without Intl", () => {
    const name = fc.string({ unit: fc.constantFrom(..."aAbBzZ09_-"), maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2 }), (names) => {
        const sorted = [...names].sort((a, b) => a.localeCompare(b, "en")).map((each) => `"${each}"`);
        expect(listOf(names)).toBe(`${sorted.slice(0, -1).join(", ")} or ${sorted.at(-1)}`);
      }),
    );
  });

  test.each([
    ["CopyFle", "CopyFile"],
    ["copyfile", "CopyFile"],
    ["Reboot", undefined],
    ["", undefined],
  ])("nearest to %j is %j", (found, expected) => {
    expect(nearest(found, ["CopyFile", "ReadFile", "Assert"])).toBe(expected);
  });

  test.each([
    ["ignoreAuthenticode", "ignoreAuthenticodeSignatureErrors"],
    ["REG_DWORD", "DWORD"],
    ["REG_EXPAND_SZ", "EXPAND_SZ"],
    ["REG_SZ", "SZ"],
    ["reg_dword", "DWORD"],
    ["Reg_Expand_Sz", "EXPAND_SZ"],
    ["ignore", undefined],
    ["LONGSZ", undefined],
    ["REG_", undefined],
  ])("nearest to %j, which is a part or has one, is %j", (found, expected) => {
    const names = ["ignoreAuthenticodeSignatureErrors", "ignoreCertificateErrors", "DWORD", "EXPAND_SZ", "SZ", ""];
    expect(nearest(found, names)).toBe(expected);
  });

  test("unknownName contains what was found, what is allowed and a suggestion", () => {
    expect(unknownName("key", "nmae", ["steps", "name"])).toBe('unknown key "nmae"; allowed: "name" or "steps"; did you mean "name"?');
    expect(unknownName("key", "zzz", ["name"])).toBe('unknown key "zzz"; allowed: "name"');
    expect(unknownName("key", "zzz", [])).toBe('unknown key "zzz"; none is allowed here');
  });

  test("count", () => {
    expect([count(0, "step"), count(1, "step"), count(2, "step")]).toEqual(["0 steps", "1 step", "2 steps"]);
  });
});
