import { expect, test } from "@jest/globals";
import type { OutputStream } from "../machine.js";
import { NoiseFilter } from "./noise-filter.js";

test.each([
  ["lines split over chunks", ["ke", "pt\nnoi", "se\nal", "so\n"], ["kept\n", "also\n"]],
  ["a last line without an end", ["kept"], ["kept"]],
  ["a last line of noise without an end", ["kept\nnoise"], ["kept\n"]],
  ["bytes that are not UTF-8", ["\xff\xfe\n", "\xc3", "\xa4\n"], ["\xff\xfe\n", "\xc3\xa4\n"]],
  ["a long line without an end", ["x".repeat(1001), "y\n"], ["x".repeat(1001), "y\n"]],
])("noise: %s", (_, chunks, expected) => {
  const passed: string[] = [];
  const filter = makeFilter((_stream, text) => passed.push(text));
  for (const chunk of chunks) filter.take("stderr", Buffer.from(chunk, "latin1"));
  filter.end();
  expect(passed).toEqual(expected);
});

test("standard output passes unchanged", () => {
  const passed: string[] = [];
  makeFilter((stream, text) => passed.push(`${stream} ${text}`)).take("stdout", Buffer.from("noise\npart"));
  expect(passed).toEqual(["stdout noise\npart"]);
});

function makeFilter(onText: (stream: OutputStream, text: string) => void): NoiseFilter {
  return new NoiseFilter(
    (line) => line === "noise",
    (stream, chunk) => onText(stream, Buffer.from(chunk).toString("latin1")),
  );
}
