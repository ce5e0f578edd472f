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
