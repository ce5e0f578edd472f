import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatLocation, inFile, renderText, SourceFile, toJson, type Diagnostic } from "./index.js";

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

  test("every offset has the position found by counting", () => {
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

  test("lineText returns the line without its end", () => {
    const file = new SourceFile("f", "one\r\ntwo\nthree");
    expect([1, 2, 3, 4].map((line) => file.lineText(line))).toEqual(["one", "two", "three", ""]);
  });
});

describe("a text extracted from a file", () => {
  const file = new SourceFile("template.yaml", "Data: |\n  name: x\n  phase: y\n");
  // two lines, each without the indent of two
  const inner = new SourceFile("template.yaml: Tool", "name: x\nphase: y\n", (start, end) => ({
    source: file,
    start: start + (start < 8 ? 10 : 12),
    end: end + (end <= 8 ? 10 : 12),
  }));
  const span = { source: inner, start: 8, end: 13 };
  const fault: Diagnostic = {
    code: "c",
    severity: "error",
    message: "m",
    span,
    related: [{ message: "there", span: { source: inner, start: 0, end: 4 } }],
  };

  test("has its places in that file, over several stages too", () => {
    expect(inFile(span)).toEqual({ source: file, start: 20, end: 25 });
    expect(formatLocation(span)).toBe("template.yaml:3:3");
    const innermost = new SourceFile("z", "phase", (start, end) => ({ source: inner, start: 8 + start, end: 8 + end }));
    expect(formatLocation({ source: innermost, start: 1, end: 2 })).toBe("template.yaml:3:4");
  });

  test("is shown there", () => {
    expect(renderText([fault])).toBe("template.yaml:3:3: m [c]\n    phase: y\n    ^~~~~\n  template.yaml:2:3: there\n1 error\n");
    expect(toJson([fault])).toEqual([
      {
        ...{ file: "template.yaml", line: 3, column: 3, endLine: 3, endColumn: 8, code: "c", severity: "error", message: "m" },
        related: [{ file: "template.yaml", line: 2, column: 3, endLine: 2, endColumn: 7, message: "there" }],
      },
    ]);
  });
});
