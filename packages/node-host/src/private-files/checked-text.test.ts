import { expect, test } from "@jest/globals";
import { checkedText, readCheckedText } from "../index.js";

const VALUE = { id: "run", text: 'a "quoted"\nline, "checksum":"x",', list: [1, 2, null], ünï: "codé \ud83d" };

test("a value is read as it was written", () => {
  const text = Buffer.from(checkedText(1, VALUE));
  expect(readCheckedText(text, 1)).toEqual({ value: VALUE });
  expect(readCheckedText(text, 2)).toEqual({ reason: "its form has version 1; this program reads version 2" });
});

test("a flip of any bit, and any other length, is noticed", () => {
  const text = Buffer.from(checkedText(1, VALUE));
  for (let bit = 0; bit < text.length * 8; bit++) {
    const flipped = Buffer.from(text);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect([bit, readCheckedText(flipped, 1)]).toEqual([bit, { reason: expect.stringMatching(/^it is damaged: /) }]);
  }
  for (let length = 0; length < text.length; length++)
    expect(readCheckedText(text.subarray(0, length), 1)).toEqual({ reason: "it is damaged: it does not have a checksum" });
  expect(readCheckedText(Buffer.concat([text, text]), 1)).toEqual({ reason: expect.stringMatching(/^it is damaged: /) });
});
