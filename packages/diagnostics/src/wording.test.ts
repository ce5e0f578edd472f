import { describe, expect, test } from "@jest/globals";
import { count, describeCause, errorTable, ImagewrightError, listOf, nearest, quote, unknownName } from "./index.js";

describe("wording", () => {
  test("quote keeps to one line, shows control characters and cuts", () => {
    expect(quote('a "b"\n\u001b')).toBe('"a \\"b\\"\\n\\u001b"');
    expect(quote("a\\b\u007f")).toBe('"a\\\\b\\u007f"');
    expect(quote("\u009b31m")).toBe('"\\u009b31m"');
    // as JSON has it, where a text is neither cut nor has what a terminal would take for a command
    for (let code = 0x20; code < 0x7f; code++) expect(quote(String.fromCharCode(code))).toBe(JSON.stringify(String.fromCharCode(code)));
    expect(quote("x".repeat(100))).toBe(`"${"x".repeat(60)}…"`);
  });

  test("listOf sorts and joins", () => {
    expect(listOf([])).toBe("");
    expect(listOf(["b"])).toBe('"b"');
    expect(listOf(["c", "a", "b"])).toBe('"a", "b" or "c"');
    expect(listOf(["b", "a"], "and")).toBe('"a" and "b"');
  });

  test.each([
    ["CopyFle", "CopyFile"],
    ["copyfile", "CopyFile"],
    ["Reboot", undefined],
    ["", undefined],
  ])("nearest to %j is %j", (found, expected) => {
    expect(nearest(found, ["CopyFile", "ReadFile", "Assert"])).toBe(expected);
  });

  test("unknownName says what was found, what is allowed and what was meant", () => {
    expect(unknownName("key", "nmae", ["steps", "name"])).toBe('unknown key "nmae"; allowed: "name" or "steps"; did you mean "name"?');
    expect(unknownName("key", "zzz", ["name"])).toBe('unknown key "zzz"; allowed: "name"');
    expect(unknownName("key", "zzz", [])).toBe('unknown key "zzz"; none is allowed here');
  });

  test("count", () => {
    expect([count(0, "step"), count(1, "step"), count(2, "step")]).toEqual(["0 steps", "1 step", "2 steps"]);
  });
});

describe("errorTable", () => {
  const createError = errorTable({
    "image-not-found": (data: { image: string }) => ({ message: `no image ${quote(data.image)}`, hints: ["pull it"] }),
    "disk-full": (data: { path: string }) => ({ message: `no space left at ${quote(data.path)}` }),
  });

  test("an error has code, message, data, hints and cause", () => {
    const cause = new Error("exit 125");
    const error = createError("image-not-found", { image: "x" }, { cause });
    expect(error).toBeInstanceOf(ImagewrightError);
    expect({ ...error, message: error.message, cause: error.cause }).toEqual({
      code: "image-not-found",
      name: "ImagewrightError",
      message: 'no image "x"',
      data: { image: "x" },
      hints: ["pull it"],
      cause,
    });
    expect(createError("disk-full", { path: "/" }).hints).toEqual([]);
  });

  test("describeCause gives one line for anything thrown", () => {
    expect([describeCause(new Error("a\nb")), describeCause("c"), describeCause(new Error(""))]).toEqual(["a", "c", "unknown error"]);
  });
});
