import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { escapeControls, escapeOutput, OutputEscaper, quote, quoteInFull } from "../index.js";

const UNSEEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- the characters themselves
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/;

describe("escapeControls", () => {
  test("writes out what a terminal obeys or hides, and nothing else", () => {
    expect(escapeControls("a\u001b[2J\t\r\n\u0000\u007f\u009bm")).toBe("a\\u001b[2J\\u0009\\u000d\\u000a\\u0000\\u007f\\u009bm");
    expect(escapeControls("\u202egpj\u2066\u200b\u2060\ufeff\u00ad\u2028")).toBe("\\u202egpj\\u2066\\u200b\\u2060\\ufeff\\u00ad\\u2028");
    expect(escapeControls("\u034f\u115f\u1160\u180e\u3164\uffa0\ufff9")).toBe("\\u034f\\u115f\\u1160\\u180e\\u3164\\uffa0\\ufff9");
    expect(escapeControls("\u{e0041}\u{e0100}\ufe0f\ud800")).toBe("\\udb40\\udc41\\udb40\\udd00\\ufe0f\\ud800");
    expect(escapeControls("a\u00a0b\u3000c\u2800d\u2007e f")).toBe("a\\u00a0b\\u3000c\\u2800d\\u2007e f");
    for (const text of ["plain", "Grüße €", "日本語", "😀", '"\\', "עברית", "नमस्ते"]) expect(escapeControls(text)).toBe(text);
  });

  test("in quotes, what is escaped differs from what was written that way", () => {
    expect([quote("\u001b"), quote("\\u001b")]).toEqual(['"\\u001b"', '"\\\\u001b"']);
    expect([quoteInFull("\u202e"), quoteInFull("\\u202e")]).toEqual(['"\\u202e"', '"\\\\u202e"']);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(JSON.parse(quoteInFull(text))).toBe(text)));
  });

  test("in names, joiners are written out as well", () => {
    expect(escapeControls("می\u200cخواهم 👩\u200d🚀")).toBe("می\\u200cخواهم 👩\\u200d🚀");
  });

  test("any text becomes one line in which nothing is unseen, and stays so", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeControls(text);
        expect(escaped).not.toMatch(UNSEEN);
        expect(escapeControls(escaped)).toBe(escaped);
      }),
    );
  });
});

describe("escapeOutput", () => {
  test.each([
    ["tabs", "a\tb"],
    ["the non-joiner within Persian words", "می\u200cخواهم"],
    ["the joiner within Indic words", "क्\u200dष"],
    ["emoji of several", "👩\u200d🚀 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥"],
    ["the variation selectors of emoji", "⚠\ufe0f ✔\ufe0e 1\ufe0f\u20e3"],
  ])("leaves %s", (_, line) => {
    expect(escapeOutput(line)).toBe(line);
  });

  test.each([
    ["joiners elsewhere", "a\u200db \u200c \u200d", "a\\u200db \\u200c \\u200d"],
    ["a second joiner", "می\u200c\u200cخواهم", "می\\u200c\\u200cخواهم"],
    ["variation selectors elsewhere", "a\ufe0fb\ufe00", "a\\ufe0fb\\ufe00"],
    ["what moves the cursor", "10%\r20%\b", "10%\\u000d20%\\u0008"],
    ["line breaks", "a\nb\u2028c", "a\\u000ab\\u2028c"],
  ])("writes out %s", (_, line, expected) => {
    expect(escapeOutput(line)).toBe(expected);
  });
});

describe("output in chunks", () => {
  const shown = (text: string, size: number) => {
    const escaper = new OutputEscaper();
    const bytes = Buffer.from(text);
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    return [...parts.map((part) => String(escaper.push(part))), String(escaper.end())].join("");
  };

  test("is the same however it is divided: lines and tabs stay, everything else is written out", () => {
    const text = "10%\r20%\r\n\u001b[2Jé😀\u202e\tend\r\r\nx\r";
    for (const size of [1, 2, 3, 5, 100]) expect(shown(text, size)).toBe("10%\\u000d20%\n\\u001b[2Jé😀\\u202e\tend\\u000d\nx\\u000d");
  });

  test("bytes that are not UTF-8 become the replacement character", () => {
    const escaper = new OutputEscaper();
    expect(`${String(escaper.push(Buffer.from([0x61, 0x9b, 0xc3])))}${String(escaper.end())}`).toBe("a\ufffd\ufffd");
  });
});
