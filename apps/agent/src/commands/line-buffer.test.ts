import { expect, test } from "@jest/globals";
import { LineBuffer } from "./line-buffer.js";

function linesOf(...pieces: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const buffer = new LineBuffer((line) => lines.push(line));
  for (const piece of pieces) buffer.push(piece);
  buffer.end();
  return lines;
}

test("lines come whole, however their bytes are cut", () => {
  const bytes = Buffer.from("first\n\ngrün €😀\nlast");
  expect(linesOf(...[...bytes].map((byte) => Buffer.of(byte)))).toEqual(["first", "", "grün €😀", "last"]);
  expect(linesOf(bytes)).toEqual(["first", "", "grün €😀", "last"]);
  expect(linesOf(Buffer.from("ended\n"))).toEqual(["ended"]);
});

test("a line without an end does not pile up, and no character of it is cut", () => {
  const lines = linesOf(
    ...Array.from({ length: 100 }, () => Buffer.from("€".repeat(10_000))).flatMap((piece) => [piece.subarray(0, 7), piece.subarray(7)]),
  );
  expect(lines.join("")).toBe("€".repeat(1_000_000));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(300_000);
});

test("a character that was begun and never ended shows as one that is missing", () => {
  expect(linesOf(Buffer.from("a\xe2", "latin1"))).toEqual(["a\ufffd"]);
});
