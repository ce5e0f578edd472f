// The limits that PutLogEvents documents for one request and for one event.
import { expect, test } from "@jest/globals";
import { Batch } from "./batch.js";
import { LARGEST_MESSAGE, splitLine } from "./log-event.js";

const DAY = 24 * 60 * 60 * 1000;

test("a line that fits stays whole, and an empty one gets the one character that an event needs", () => {
  for (const line of ["x", "a".repeat(LARGEST_MESSAGE), "é".repeat(LARGEST_MESSAGE / 2)]) expect(splitLine(line)).toEqual([line]);
  expect(splitLine("")).toEqual([" "]);
});

test.each(["a", "é", "€", "😀"])("a long line of %s is cut between characters into texts as long as may be", (character) => {
  const line = `x${character.repeat(Math.ceil((2.5 * LARGEST_MESSAGE) / Buffer.byteLength(character)))}`;
  const texts = splitLine(line);
  expect(texts).toHaveLength(3);
  expect(texts.join("") === line).toBe(true);
  for (const text of texts.slice(0, -1)) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LARGEST_MESSAGE);
    expect(Buffer.byteLength(text)).toBeGreaterThan(LARGEST_MESSAGE - Buffer.byteLength(character));
  }
});

test("a batch takes 10,000 events", () => {
  const batch = new Batch();
  for (let index = 0; index < 10_000; index++) batch.add({ timestamp: 5, message: "x" });
  expect(batch.events).toHaveLength(10_000);
  expect(batch.add({ timestamp: 5, message: "x" })).toBe(false);
  expect(batch.events).toHaveLength(10_000);
});

test("a batch takes 1,048,576 bytes, where an event counts 26 more than its UTF-8", () => {
  const batch = new Batch();
  const half = "é".repeat((1_048_576 / 2 - 26) / 2);
  expect([half, half, "x"].map((message) => batch.add({ timestamp: 5, message }))).toEqual([true, true, false]);
  expect(new Batch().add({ timestamp: 5, message: "x".repeat(LARGEST_MESSAGE) })).toBe(true);
  expect(new Batch().add({ timestamp: 5, message: "x".repeat(LARGEST_MESSAGE + 1) })).toBe(false);
});

test("a batch spans 24 hours, and its times do not go back", () => {
  const batch = new Batch();
  const times = [1000, 999, 1000, 1000 + DAY, 1001 + DAY, DAY];
  expect(times.map((timestamp) => batch.add({ timestamp, message: "x" }))).toEqual([true, false, true, true, false, false]);
  expect(batch.events.map((event) => event.timestamp)).toEqual([1000, 1000, 1000 + DAY]);
});
