import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createStyles, joinSafe, safe, safeJson, safeLines, shownOutput } from "../index.js";

const RED = "\u001b[31m";
const END = "\u001b[39m";

describe("safe text", () => {
  test("keeps the words of the source code and escapes what is put in", () => {
    expect(String(safe`no file ${"a\n\u001b[31m"} (${3})\n`)).toBe("no file a\\u000a\\u001b[31m (3)\n");
  });

  test("keeps safe text that is put in, with its styles, and escapes the content of styles", () => {
    const { red } = createStyles(true);
    expect(String(safe`${red("failed\u001b[8m")}: ${safe`${"\r"}`}`)).toBe(`${RED}failed\\u001b[8m${END}: \\u000d`);
    expect(String(createStyles(false).red("failed"))).toBe("failed");
  });

  test("joins parts", () => {
    expect(String(joinSafe(["a\u0007", safe`b`, 1], ", "))).toBe("a\\u0007, b, 1");
    expect(String(joinSafe(["a", "b"], "\n"))).toBe("a\nb");
  });

  test("lines after the first are indented, so that none begins as a line of the program does", () => {
    expect(String(safeLines("it failed\r\nsuccess: 3 steps\n    at once\n\rdone\n"))).toBe(
      "it failed\n  success: 3 steps\n    at once\n  \\u000ddone",
    );
  });

  test("a line of output is shown without the return at its end, or raw", () => {
    expect(String(shownOutput("10%\r\u001b[31mred\t\r"))).toBe("10%\\u000d\\u001b[31mred\t");
    expect(String(shownOutput("\u001b[31mred\r", { raw: true }))).toBe("\u001b[31mred\r");
  });

  test("JSON reads back as the same value, and has no character that a terminal obeys or hides", () => {
    const value = { "key\u202e": ["\u0085\u007f\u{e0041}", "\n", "😀"], none: null };
    expect(String(safeJson(value))).toBe('{"key\\u202e":["\\u0085\\u007f\\udb40\\udc41","\\n","😀"],"none":null}');
    expect(String(safeJson({ a: ["\u2028"] }, 2))).toBe('{\n  "a": [\n    "\\u2028"\n  ]\n}');
    fc.assert(fc.property(fc.jsonValue(), (any) => expect(JSON.parse(String(safeJson(any, 2)))).toEqual(JSON.parse(JSON.stringify(any)))));
  });
});

describe("wrap", () => {
  test("continues long lines below their beginning; styles take no columns", () => {
    const { red } = createStyles(true);
    expect(String(safe`${red("abcdefghij")}`.wrap(6, "  > "))).toBe(`${RED}abcdef\n  > gh\n  > ij${END}`);
    expect(String(safe`abc\nabcdef`.wrap(6, "  "))).toBe("abc\nabcdef");
  });

  test("counts wide characters as two columns, and does not divide a character", () => {
    expect(String(safe`日本語`.wrap(4, "> "))).toBe("日本\n> 語");
    expect(String(safe`aae\u0301e\u0301`.wrap(3, "> "))).toBe("aae\u0301\n> e\u0301");
  });

  test("text that fits, and an indent as wide as the terminal", () => {
    expect(String(safe`abc`.wrap(3, "  "))).toBe("abc");
    expect(String(safe`abcd`.wrap(1, "  "))).toBe("abc\n  d");
  });
});
