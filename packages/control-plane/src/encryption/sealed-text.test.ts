import { randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { open, plain, seal, sealedBy } from "./sealed-text.js";

const KEY = { id: 7, bytes: randomBytes(32) };
const nonce = () => randomBytes(12);
const TEXT = fc.string({ unit: "binary" });

describe("a sealed text", () => {
  test("is opened by its key, and never the same twice", () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const sealed = seal(text, KEY, nonce());
        expect([sealedBy(sealed), open(sealed, KEY)]).toEqual([7, text]);
        expect(seal(text, KEY, nonce())).not.toBe(sealed);
      }),
    );
  });

  test("is not opened by another key, under another number, or with one byte changed", () => {
    const sealed = seal("schemaVersion: 1.0", KEY, nonce());
    expect(() => open(sealed, { id: 7, bytes: randomBytes(32) })).toThrow();
    expect(() => open(sealed.replace(":7:", ":8:"), { ...KEY, id: 8 })).toThrow();
    const start = sealed.lastIndexOf(":") + 1;
    const bytes = Buffer.from(sealed.slice(start), "base64");
    for (const [at, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[at] = byte ^ 1;
      expect(() => open(`${sealed.slice(0, start)}${changed.toString("base64")}`, KEY)).toThrow();
    }
    expect(() => open(sealed.slice(0, start + 20), KEY)).toThrow();
  });
});

test("without a key a text is stored as it is, and none is taken for a sealed one", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        TEXT,
        TEXT.map((text) => `\u0001sealed:7:${text}`),
        TEXT.map((text) => `\u0001plain:${text}`),
      ),
      (text) => {
        const stored = seal(text, undefined, nonce());
        expect([sealedBy(stored), plain(stored)]).toEqual([undefined, text]);
      },
    ),
  );
  expect(seal("schemaVersion: 1.0", undefined, nonce())).toBe("schemaVersion: 1.0");
});
