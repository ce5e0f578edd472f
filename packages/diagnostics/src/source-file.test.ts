import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SourceFile } from "./index.js";

describe("SourceFile", () => {
  test.each([
    ["", 0, 1, 1],
    ["ab", 2, 1, 3],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 3, 2, 1],
    ["a\n", 2, 2, 1],
    ["a", -5, 1, 1],
    ["a", 99, 1, 2],
  ])("position in %j at %d is %d:%d", (text, offset, line, column) => {
    expect(new SourceFile("f", text).position(offset)).toEqual({ line, column });
  });

  test("every offset is found where counting by hand finds it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\n", "\r\n", "é")), (parts) => {
        const text = parts.join("");
        const file = new SourceFile("f", text);
        for (let offset = 0; offset <= text.length; offset++) {
          const before = text.slice(0, offset).split("\n");
          expect(file.position(offset)).toEqual({ line: before.length, column: (before.at(-1) as string).length + 1 });
        }
      }),
    );
  });

  test("lineText gives the line without its end", () => {
    const file = new SourceFile("f", "one\r\ntwo\nthree");
    expect([1, 2, 3, 4].map((line) => file.lineText(line))).toEqual(["one", "two", "three", ""]);
  });
});
