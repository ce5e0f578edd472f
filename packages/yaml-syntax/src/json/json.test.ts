import { describe, expect, test } from "@jest/globals";
import { DiagnosticCollector, formatLocation, type Diagnostic } from "@imagewright/diagnostics";
import fc from "fast-check";
import { openData, type DataInput, type Path } from "../index.js";
import { JsonFault, JsonScanner } from "./json-scanner.js";

function open(source: string | object) {
  const found = new DiagnosticCollector();
  const input = openData(source, "a.json", found);
  return { input, faults: found.diagnostics.map(told) };
}

function told({ span, message, code, help }: Diagnostic): string {
  return `${formatLocation(span)} ${message} [${code}]${help === undefined ? "" : ` ${help}`}`;
}

/** The text at a place. */
function textAt(input: DataInput | undefined, ...[path, part]: Parameters<DataInput["spanOf"]>): string | undefined {
  const span = input?.spanOf(path, part);
  return span?.source.text.slice(span.start, span.end);
}

describe("texts that are no JSON", () => {
  const deep = 50_000;
  test.each([
    ["", "a.json:1:1 not valid JSON: expected a value; found the end of the text [invalid-json]"],
    ["{", "a.json:1:2 not valid JSON: expected the name of a member in double quotes; found the end of the text [invalid-json]"],
    ['{"a" 1}', 'a.json:1:6 not valid JSON: expected ":"; found "1" [invalid-json]'],
    ['{"a": 1,}', 'a.json:1:9 not valid JSON: expected the name of a member in double quotes; found "}" [invalid-json]'],
    ["[1,\n2 3]", 'a.json:2:3 not valid JSON: expected "," or "]"; found "3" [invalid-json]'],
    ["[1,]", 'a.json:1:4 not valid JSON: expected a value; found "]" [invalid-json]'],
    ["[01]", 'a.json:1:3 not valid JSON: expected "," or "]"; found "1" [invalid-json]'],
    ["{} // end", 'a.json:1:4 not valid JSON: expected nothing more; found "/" [invalid-json] JSON has no comments'],
    [
      "{'a': 1}",
      'a.json:1:2 not valid JSON: expected the name of a member in double quotes; found "\'" [invalid-json] JSON has double quotes: "',
    ],
    ["{# a\n}", 'a.json:1:2 not valid JSON: expected the name of a member in double quotes; found "#" [invalid-json] JSON has no comments'],
    ['"a\tb"', "a.json:1:3 not valid JSON: a control character in a string must be written as an escape [invalid-json]"],
    ['"\\x"', 'a.json:1:2 not valid JSON: unknown escape "\\\\x" in a string [invalid-json]'],
    ['["a', "a.json:1:2 not valid JSON: a string has no end [invalid-json]"],
    ['\ufeff{"a": [1, {"b": ', "a.json:1:18 not valid JSON: expected a value; found the end of the text [invalid-json]"],
    ["[".repeat(deep), `a.json:1:${deep + 1} not valid JSON: expected a value; found the end of the text [invalid-json]`],
    [
      Buffer.from('\ufeff{"a": 1}', "utf16le").toString("utf8"),
      'a.json:1:1 not valid JSON: expected a value; found "\ufffd" [invalid-json] the text looks like UTF-16; save it as UTF-8',
    ],
  ])("%#", (text, expected) => {
    expect(open(text)).toEqual({ input: undefined, faults: [expected] });
  });

  test("are exactly those that JSON.parse refuses", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\n"',
      '"\\q"',
      "1",
      "-0.5e+3",
      "01",
      "true",
      "nul",
      " ",
      "\n",
      "\u00a0",
      "'",
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join("")),
    );
    const scans = (text: string) => {
      const scanner = new JsonScanner(text);
      scanner.value();
      scanner.end();
    };
    fc.assert(
      fc.property(text, (text) => {
        if (isJson(text)) scans(text);
        else expect(() => scans(text)).toThrow(JsonFault);
      }),
      { numRuns: 1000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("keys that are used twice", () => {
  const text = '{"a": 1, "b": [{"x": 1}, {"x": 2, "\\u0078": 3}], "__proto__": 4, "__proto__": 5, "a": 6}';

  test("are reported, with the place of the first", () => {
    expect(open(text).faults).toEqual([
      'a.json:1:35 the key "x" is used twice [duplicate-key]',
      'a.json:1:66 the key "__proto__" is used twice [duplicate-key]',
      'a.json:1:82 the key "a" is used twice [duplicate-key]',
    ]);
    const found = new DiagnosticCollector();
    openData(text, "a.json", found);
    expect(found.diagnostics[2]?.related?.map(({ message, span }) => `${message} ${formatLocation(span)}`)).toEqual([
      "first used here a.json:1:2",
    ]);
  });

  test("are not looked for in a text of more than a million characters; then the last counts", () => {
    const { input, faults } = open(`${text.slice(0, -1)}, "z": "${"z".repeat(1_000_000)}"}`);
    expect(faults).toEqual([]);
    expect((input?.value as { readonly a: number }).a).toBe(6);
    expect([textAt(input, ["a"]), input?.spanOf(["a"], "name").start]).toEqual(["6", 81]);
  });
});

describe("places", () => {
  test("every value of a text is where its place says", () => {
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .chain((value) => fc.constantFrom(0, 2, "\t").map((space) => JSON.stringify(value, null, space)));
    fc.assert(
      fc.property(json, (text) => {
        const { input } = open(text);
        const check = (value: unknown, path: Path): void => {
          expect(JSON.parse(textAt(input, path) ?? "")).toEqual(value);
          if (typeof value !== "object" || value === null) return;
          for (const [step, part] of Object.entries(value)) check(part, [...path, Array.isArray(value) ? Number(step) : step]);
        };
        check(input?.value, []);
      }),
      { numRuns: 50 },
    );
  });

  test("items are found in any order, after a byte order mark and characters of two code units", () => {
    const { input } = open('\ufeff[{"😀":1},{"b":[2,3]},{"a":4}]');
    expect([textAt(input, [2, "a"]), textAt(input, [1, "b", 1]), textAt(input, [0, "😀"], "name"), textAt(input, [1, "b", 0])]).toEqual([
      "4",
      "3",
      '"😀"',
      "2",
    ]);
  });

  test("what does not exist has the place of what is around it", () => {
    const { input } = open('{"a": [1, {"b": 2}], "__proto__": 3}');
    expect(textAt(input, ["a", 5])).toBe('[1, {"b": 2}]');
    expect(textAt(input, ["a", 1, "c", "d"])).toBe('{"b": 2}');
    expect(textAt(input, ["a", "b"])).toBe('[1, {"b": 2}]');
    expect(textAt(input, ["__proto__"])).toBe("3");
    expect(textAt(input, ["constructor"])).toBe(input?.spanOf([]).source.text);
  });

  test.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("%s may be deeper than the stack", (_what, opening, closing) => {
    const depth = 50_000;
    const text = `[${opening.repeat(depth)}1${closing.repeat(depth)}, "here"]`;
    const { input, faults } = open(text);
    expect([faults, textAt(input, [1])]).toEqual([[], '"here"']);
  });

  test("all places together take linear time: this would not end otherwise", () => {
    const size = 20_000;
    const numbers = Array.from({ length: size }, (_, n) => n);
    const { input } = open(JSON.stringify({ list: numbers, object: Object.fromEntries(numbers.map((n) => [`k${n}`, n])) }));
    expect(
      numbers.filter(
        (n) => textAt(input, ["list", n]) !== String(n) || textAt(input, ["object", `k${size - 1 - n}`]) !== String(size - 1 - n),
      ),
    ).toEqual([]);
  });
});

describe("a value that is given as such", () => {
  test("has its path for the name of its file", () => {
    const { input } = open({ a: [{ b: "text" }] });
    expect(
      [
        ["a", 0, "b"],
        ["a", 0],
        ["a", 7, "c"],
      ]
        .map((path) => input?.spanOf(path))
        .map((span) => span && [formatLocation(span), span.source.text]),
    ).toEqual([
      ["a[0].b:1:1", "text"],
      ["a[0]:1:1", '{"b":"text"}'],
      ["a[7].c:1:1", ""],
    ]);
  });

  test("may be deeper than the stack", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const { input } = open([JSON.parse(deep), "here"]);
    // newer versions of Node write it without a stack
    expect(["", deep]).toContain(textAt(input, [0]));
    expect(textAt(input, [1])).toBe("here");
  });
});
