import { expect, test } from "@jest/globals";
import { freeRange, subIdsOf } from "./sub-ids.js";

const ME = { name: "me", uid: 1000 };

test.each([
  ["", 0],
  ["me:100000:65536\n", 65_536],
  ["1000:100000:65536\n", 65_536],
  ["other:100000:65536\nme:200000:10\nme:300000:1000\n", 1000],
  ["me2:100000:65536\nme:x:65536\nme:1\n", 0],
])("the ids of a user in %j: %i", (text, expected) => {
  expect(subIdsOf(text, ME)).toBe(expected);
});

test.each([
  [["", ""], "100000-165535"],
  [["a:100000:65536\n", "a:100000:65536\n"], "165536-231071"],
  [["a:100000:65536\nb:3000000000:65536\n", ""], "165536-231071"],
  [["a:120000:10\n", "b:130000:65536\n"], "195536-261071"],
  [["a:1:10\n", ""], "100000-165535"],
])("a range that nobody has, beside %j: %s", (texts, expected) => {
  expect(freeRange(texts)).toBe(expected);
});
