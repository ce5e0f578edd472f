import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DiagnosticCollector } from "@imagewright/diagnostics";
import { shown } from "../testing/builders.js";
import { openJson, type Path } from "./json-input.js";
import { JsonFault, JsonWalker } from "./json-walker.js";

function open(text: string) {
  const found = new DiagnosticCollector();
  return { input: openJson(text, "a.json", found, { strict: true }), faults: () => shown(found.diagnostics) };
}

describe("texts that are no JSON", () => {
  test.each([
    ["", 'a.json:1:1 not valid JSON: expected a value; found the end of the text [invalid-json]'],
    ["{", 'a.json:1:2 not valid JSON: expected the name of a member in double quotes; found the end of the text [invalid-json]'],
    ['{"a" 1}', 'a.json:1:6 not valid JSON: expected ":"; found "1" [invalid-json]'],
    ['{"a": 1,}', 'a.json:1:9 not valid JSON: expected the name of a member in double quotes; found "}" [invalid-json]'],
    ["[1,\n2 3]", 'a.json:2:3 not valid JSON: expected "," or "]"; found "3" [invalid-json]'],
    ["[1,]", 'a.json:1:4 not valid JSON: expected a value; found "]" [invalid-json]'],
    ["[01]", 'a.json:1:3 not valid JSON: expected "," or "]"; found "1" [invalid-json]'],
    ["{} // end", 'a.json:1:4 not valid JSON: expected nothing more; found "/" [invalid-json]'],
    ["{'a': 1}", 'a.json:1:2 not valid JSON: expected the name of a member in double quotes; found "\'" [invalid-json]'],
    ['"a\tb"', "a.json:1:3 not valid JSON: a control character in a string must be written as an escape [invalid-json]"],
    ['"\\x"', 'a.json:1:2 not valid JSON: unknown escape "\\\\x" in a string [invalid-json]'],
    ['["a', "a.json:1:2 not valid JSON: a string has no end [invalid-json]"],
    [`${"[".repeat(600)}${"]".repeat(600)}`, "a.json:1:502 not valid JSON: values stand in one another more than 500 levels deep [invalid-json]"],
  ])("%s", (text, expected) => {
    expect(open(text).faults()).toEqual([expected]);
  });

  test("are exactly those that JSON.parse refuses", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"\\n"', '"\\q"', "1", "-0.5e+3", "01", "true", "nul", " ", "\n", "\u00a0", "'");
    const text = fc.oneof(fc.json(), fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join("")));
    const walks = (text: string) => {
      const walker = new JsonWalker(text);
      walker.value();
      walker.end();
    };
    fc.assert(
      fc.property(text, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) walks(text);
        else expect(() => walks(text)).toThrow(JsonFault);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("places", () => {
  test("every value of a text is where its place says", () => {
    const json = fc.jsonValue({ maxDepth: 4 }).chain((value) => fc.constantFrom(0, 2, "\t").map((space) => JSON.stringify(value, null, space)));
    fc.assert(
      fc.property(json, (text) => {
        const { input } = open(text);
        const check = (value: unknown, path: Path): void => {
          const span = input?.spanOf(path, "value");
          expect(JSON.parse(text.slice(span?.start, span?.end))).toEqual(value);
          if (typeof value !== "object" || value === null) return;
          for (const [step, part] of Object.entries(value)) check(part, [...path, Array.isArray(value) ? Number(step) : step]);
        };
        check(input?.value, []);
      }),
      { numRuns: 50 },
    );
  });

  test("items are found in any order, and the last of two equal members, as JSON.parse has it", () => {
    const text = '\ufeff[{"a":1},{"b":[2,3]},{"a":4,"a":5}]';
    const { input } = open(text);
    const at = (...path: Path) => [text.slice(input?.spanOf(path, "value").start, input?.spanOf(path, "value").end), input?.spanOf(path, "name").start];
    expect([at(2, "a"), at(1, "b", 1), at(0, "a"), at(1, "b", 0)]).toEqual([["5", 29], ["3", 18], ["1", 3], ["2", 16]]);
  });
});
