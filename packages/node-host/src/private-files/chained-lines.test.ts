import { expect, test } from "@jest/globals";
import { decodeLines, encodeLine } from "./chained-lines.js";

const [one, two, three] = ['"one"', '"two"', '"three"'] as const;
const first = encodeLine(one, "");
const second = encodeLine(two, first.sum);
const third = encodeLine(three, second.sum);
const whole = first.line + second.line + third.line;
const end = first.line.length + second.line.length;

const changed = (place: number) => {
  const bytes = Buffer.from(whole);
  bytes[place] = (bytes[place] ?? 0) ^ 2;
  return bytes;
};

test.each([
  ["undamaged", Buffer.from(whole), [one, two, three], undefined],
  ["its last line is cut off", Buffer.from(whole.slice(0, -9)), [one, two], undefined],
  ["its last line is changed", changed(whole.length - 4), [one, two], undefined],
  ["the end of its last line is changed", changed(whole.length - 1), [one, two], undefined],
  ["a line before is changed", changed(first.line.length + 30), [one], 2],
  ["the end of the line before the last is changed", changed(end - 1), [one], 2],
])("a journal of three lines: %s", (_name, bytes, entries, damagedLine) => {
  expect(decodeLines(bytes)).toMatchObject({ entries, damagedLine });
});
