import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { codePageReader } from "./code-pages.js";
import { OutputDecoder } from "./output-decoder.js";

/** What comes out of chunks, and how often the code page was asked for. */
function decode(codePage: number, ...chunks: readonly (Uint8Array | string)[]): [string, number] {
  let asked = 0;
  const decoder = new OutputDecoder(() => (asked++, codePageReader(codePage)));
  const pushed = chunks.map((chunk) => decoder.push(typeof chunk === "string" ? Buffer.from(chunk, "latin1") : chunk));
  return [Buffer.concat([...pushed, decoder.end()]).toString(), asked];
}

test.each([
  [850, "f\x81r\r\n", "für\r\n"],
  [437, "\x9c 5\n", "£ 5\n"],
  [852, "\xa5\xa2\x88\x77", "ąółw"],
  [866, "\x8f\xe0\xa8\xa2\xa5\xe2", "Привет"],
  [932, "\x82\xa0\x83\x5c", "あソ"],
  [936, "\xc4\xe3\xba\xc3", "你好"],
  [65001, "\xff", "\ufffd"],
])("code page %i: %j", (codePage, printed, expected) => {
  expect(decode(codePage, printed)[0]).toBe(expected);
});

// characters whose second byte is ASCII, or that would be UTF-8 by themselves, are among them
test.each([
  [932, [0x82, 0xa0, 0x83, 0x5c, 0x61, 0xb1, 0x20, 0x95, 0x5c, 0x0a, 0x8e, 0x9a], "あソaｱ 表\n字"],
  [936, [0xd6, 0xd0, 0xc4, 0xa7, 0x61, 0xba, 0xc3, 0x8a, 0x5c, 0x0a, 0xc4, 0xe3], "中魔a好奬\n你"],
  [949, [0xc7, 0xd1, 0xb1, 0xdb, 0x20, 0xb0, 0xa1], "한글 가"],
  [950, [0xa4, 0xa4, 0xa4, 0xe5, 0xa5, 0x5c], "中文功"],
])("code page %i: a text in pieces is the same, wherever it is cut", (codePage, printed, expected) => {
  expect(decode(codePage, Uint8Array.from(printed))[0]).toBe(expected);
  for (let first = 0; first <= printed.length; first++)
    for (let second = first; second <= printed.length; second++) {
      const pieces = [printed.slice(0, first), printed.slice(first, second), printed.slice(second)];
      expect([first, second, decode(codePage, ...pieces.map((piece) => Uint8Array.from(piece)))[0]]).toEqual([first, second, expected]);
    }
});

test("a character whose second byte never comes", () => {
  expect(decode(932, "\x82\xa0\x82")[0]).toBe("あ\ufffd");
  expect(decode(932, "\x82\xa0\x82", "\n\x82\xa0")[0]).toBe("あ\ufffd\nあ");
});

test("UTF-8 stays, and the code page is not asked for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(20)), (text, lengths) => {
      const bytes = Buffer.from(text);
      const chunks: Uint8Array[] = [];
      for (let at = 0, index = 0; at < bytes.length; index++) chunks.push(bytes.subarray(at, (at += (lengths[index] ?? 3) + 1)));
      expect(decode(850, ...chunks)).toEqual([bytes.toString(), 0]);
    }),
  );
});

test("each line by itself, and what is printed is passed on at once", () => {
  expect(decode(850, Buffer.concat([Buffer.from("für\n"), Buffer.from("f\x81r\nAUF: ", "latin1")]))[0]).toBe("für\nfür\nAUF: ");
  const decoder = new OutputDecoder(() => codePageReader(850));
  expect(Buffer.from(decoder.push(Buffer.from("Name? f\x81r ", "latin1"))).toString()).toBe("Name? für ");
});

test("a byte that could begin a character of UTF-8 waits for the next one, or for the end", () => {
  expect(decode(850, "a\xc3")[0]).toBe("a├");
  expect(decode(850, "a\xc3", "\xbc")[0]).toBe("aü");
  expect(decode(850, "a\xc3", "b")[0]).toBe("a├b");
});

const hasIconv = spawnSync("iconv", ["--version"]).status === 0;

// 720 is not in every iconv
(hasIconv ? test : test.skip).each([437, 737, 775, 850, 852, 855, 857, 858, 862])("code page %i is that of iconv", (codePage) => {
  const bytes = Array.from({ length: 128 }, (_, index) => index + 128);
  const input = Buffer.from(bytes.flatMap((byte) => [byte, 0x0a]));
  // an empty line for a byte that is no character
  const { stdout } = spawnSync("iconv", ["-c", "-f", `CP${codePage}`, "-t", "UTF-8"], { input, encoding: "utf8" });
  const read = codePageReader(codePage)?.(Uint8Array.from(bytes)).replaceAll("\ufffd", "\n") ?? "";
  expect([...read].map((character) => character.trimEnd())).toEqual(
    stdout
      .split("\n")
      .slice(0, 128)
      .map((line) => line.trimEnd()),
  );
});
