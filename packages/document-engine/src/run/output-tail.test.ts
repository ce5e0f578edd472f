import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { OutputTail } from "./output-tail.js";

test.each([
  [[], []],
  [[""], []],
  [["a\nb\n"], ["a", "b"]],
  [["a\r\nb"], ["a", "b"]],
  [["a\n\n"], ["a", ""]],
  [
    ["one ", "line\ntw", "o"],
    ["one line", "two"],
  ],
  [["é".repeat(3)], ["ééé"]],
])("of the chunks %j it keeps %j", (pieces, expected) => {
  const tail = new OutputTail();
  for (const piece of pieces) tail.push(Buffer.from(piece));
  expect(tail.lines).toEqual(expected);
});

test("the last 20 lines do not depend on the chunks", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.constantFrom("a", "b", "\n"), { maxLength: 9 })), (pieces) => {
      const [cut, whole] = [new OutputTail(), new OutputTail()];
      for (const piece of pieces) cut.push(Buffer.from(piece.join("")));
      whole.push(Buffer.from(pieces.flat().join("")));
      expect(cut.lines).toEqual(whole.lines);
    }),
  );
});

test("keeps at most 16 KiB of a hundred megabytes", () => {
  const tail = new OutputTail();
  const piece = Buffer.from(`${"x".repeat(1023)}\n`);
  for (let count = 0; count < 100_000; count++) tail.push(piece);
  tail.push(Buffer.alloc(1_000_000, "y"));
  expect(tail.lines).toEqual(["y".repeat(16 * 1024)]);
  tail.clear();
  expect(tail.lines).toEqual([]);
});
