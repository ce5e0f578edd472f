import { expect, test } from "@jest/globals";
import { LineBuffer } from "./line-buffer.js";

function linesOf(...pieces: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const buffer = new LineBuffer((line) => lines.push(line));
  for (const piece of pieces) buffer.push(piece);
  buffer.end();
  return lines;
}

test("lines are complete, however their bytes are split", () => {
  const bytes = Buffer.from("first\n\ngrün €😀\nlast");
  expect(linesOf(...[...bytes].map((byte) => Buffer.of(byte)))).toEqual(["first", "", "grün €😀", "last"]);
  expect(linesOf(bytes)).toEqual(["first", "", "grün €😀", "last"]);
  expect(linesOf(Buffer.from("ended\n"))).toEqual(["ended"]);
});

test("a line without an end takes bounded memory, and none of its characters is split", () => {
  const lines = linesOf(
    ...Array.from({ length: 100 }, () => Buffer.from("€".repeat(10_000))).flatMap((piece) => [piece.subarray(0, 7), piece.subarray(7)]),
  );
  expect(lines.join("")).toBe("€".repeat(1_000_000));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(300_000);
});

test("an incomplete character becomes a replacement character", () => {
  expect(linesOf(Buffer.from("a\xe2", "latin1"))).toEqual(["a\ufffd"]);
});
