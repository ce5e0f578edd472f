import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { TextPieces } from "./decode-text.js";
import { encodeText, parseEncoding } from "./text-encoding.js";

const names = fc.constantFrom("utf8", "utf-16", "utf16-BE", "utf-32", "utf-32-be");
// no NUL, which is not text, and nothing at the start that looks like a byte-order mark: in UTF-32 that is any U+nFEFF and U+nFFFE, in
// no plane of which is there a character
const text = fc
  .string({ unit: "binary" })
  .filter((value) => !value.includes("\0") && ![0xfeff, 0xfffe].includes((value.codePointAt(0) ?? 0) & 0xffff));

test("written text is read again, with any chunks", () => {
  fc.assert(
    fc.property(names, text, fc.integer({ min: 1, max: 7 }), (name, written, pieceLength) => {
      const bytes = encodeText(written, parseEncoding(name));
      const decoder = new TextPieces(parseEncoding(name));
      let read = "";
      for (let at = 0; at < bytes.length; at += pieceLength) read += decoder.write(bytes.subarray(at, at + pieceLength));
      expect(read + decoder.end()).toBe(written);
    }),
    { numRuns: 1000 },
  );
});

test("invalid UTF-8 is rejected, with any chunks", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (bytes, pieceLength) => {
      const expected = decodeOrUndefined(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes));
      const actual = decodeOrUndefined(() => {
        const decoder = new TextPieces(parseEncoding("utf8"));
        let read = "";
        for (let at = 0; at < bytes.length; at += pieceLength) read += decoder.write(Buffer.from(bytes.subarray(at, at + pieceLength)));
        return read + decoder.end();
      });
      const isText = expected !== undefined && !expected.includes("\0");
      // FE FF and FF FE are byte-order marks of other encodings, and invalid UTF-8
      expect(actual).toBe(isText ? expected : undefined);
    }),
    { numRuns: 2000 },
  );
});

test("half of a surrogate pair is written as the replacement character in every encoding", () => {
  for (const name of ["utf8", "utf-16", "utf-32-BE"]) {
    expect(encodeText("a\ud800b", parseEncoding(name))).toEqual(encodeText("a\ufffdb", parseEncoding(name)));
  }
});

function decodeOrUndefined(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
