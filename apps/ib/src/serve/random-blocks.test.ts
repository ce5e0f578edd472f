import { expect, test } from "@jest/globals";
import { randomBlocks } from "./random-blocks.js";

test("no byte is given out twice, and none changes afterwards", () => {
  const random = randomBlocks();
  const given = Array.from({ length: 2_000 }, () => random(16));
  const texts = given.map((bytes) => Buffer.from(bytes).toString("hex"));
  expect(new Set(texts).size).toBe(2_000);
  expect(given.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(texts);
});

test.each([0, 1, 4_095, 4_096, 4_097, 100_000])("%d bytes are as many", (bytes) => {
  const random = randomBlocks();
  expect([random(3), random(bytes), random(bytes)].map(({ length }) => length)).toEqual([3, bytes, bytes]);
});
