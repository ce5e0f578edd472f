import { describe, expect, test } from "@jest/globals";
import { Cursor, DiagnosticCollector, openJson, type Reading } from "../index.js";

function reading(text: string, options: Partial<Reading> = {}) {
  const found = new DiagnosticCollector();
  const input = openJson(text, "a.json", found);
  if (input === undefined) throw new Error(`no JSON: ${text}`);
  const faults = () => found.diagnostics.map(({ span, severity, message, code }) => `${span.start} ${severity} ${message} [${code}]`);
  return { cursor: new Cursor({ input, found, name: "the file", ...options }, input.value), faults };
}

describe("a cursor", () => {
  test("reads values of every kind", () => {
    const { cursor, faults } = reading('{"text": "a", "number": 3, "flag": false, "one": "x", "list": [1, 2], "map": {"__proto__": "v"}}');
    expect(cursor.isObject(["text", "number", "flag", "one", "list", "map"])).toBe(true);
    expect([
      cursor.member("text").text(),
      cursor.member("number").wholeNumber(3),
      cursor.member("flag").boolean(),
      cursor.member("one").oneOf(["x", "y"]),
    ]).toEqual(["a", 3, false, "x"]);
    expect(
      cursor
        .member("list")
        .items()
        .map((item) => item.wholeNumber(1, 2)),
    ).toEqual([1, 2]);
    expect(
      cursor
        .member("map")
        .entries()
        .map(([name, value]) => [name, value.text()]),
    ).toEqual([["__proto__", "v"]]);
    expect(faults()).toEqual([]);
  });

  test("has nothing to say of what is absent, as null is, unless it is required", () => {
    const { cursor, faults } = reading('{"a": null}');
    for (const name of ["a", "b", "__proto__"]) {
      const member = cursor.member(name);
      expect([
        member.text(),
        member.wholeNumber(1),
        member.boolean(),
        member.oneOf(["x"]),
        member.items(),
        member.entries(),
        member.isObject(),
      ]).toEqual([undefined, undefined, undefined, undefined, [], [], false]);
    }
    expect(faults()).toEqual([]);
    cursor.required("a");
    expect(faults()).toEqual(['0 error the file must have "a" [missing-member]']);
  });

  test.each<[string, (cursor: Cursor) => unknown, string]>([
    ["1", (a) => a.text(), '5 error "a" must be a string; found 1 [wrong-type]'],
    ['"😀😀"', (a) => a.text({ most: 1 }), '5 error "a" must have at most 1 character; it has 2 [wrong-length]'],
    ["0", (a) => a.wholeNumber(1), '5 error "a" must be a whole number from 1; found 0 [out-of-range]'],
    ["1.5", (a) => a.wholeNumber(1, 3), '5 error "a" must be a whole number from 1 to 3; found 1.5 [out-of-range]'],
    ['"true"', (a) => a.boolean(), '5 error "a" must be true or false; found "true" [wrong-type]'],
    ['"z"', (a) => a.oneOf(["x", "y"]), '5 error "a" must be "x" or "y"; found "z" [unknown-value]'],
    ["{}", (a) => a.items(), '5 error "a" must be a list; found an object [wrong-type]'],
    ["[1]", (a) => a.items({ least: 2, what: "rule" }), '5 error "a" must have 2 rules or more; it has 1 [wrong-count]'],
    ["[1]", (a) => a.entries(), '5 error "a" must be an object; found a list of 1 [wrong-type]'],
    ["{}", (a) => a.entries({ least: 1, most: 3, what: "tag" }), '5 error "a" must have 1 to 3 tags; it has 0 [wrong-count]'],
    [
      '{"nmae": 1}',
      (a) => a.isObject(["name"]),
      '6 error unknown member of "a" "nmae"; allowed: "name"; did you mean "name"? [unknown-member]',
    ],
  ])("%s", (value, read, expected) => {
    const { cursor, faults } = reading(`{"a":${value}}`);
    read(cursor.member("a"));
    expect(faults()).toEqual([expected]);
  });

  test("has the end of a long path for its name", () => {
    const { cursor } = reading("{}");
    const deep = ["distributionConfigurations", 0, "amiDistributionConfiguration", "targetAccountIds", 1].reduce(
      (at, step) => new Cursor(at.reading, 5, at, step),
      cursor,
    );
    expect(deep.name).toBe('"…amiDistributionConfiguration.targetAccountIds[1]"');
  });

  test("counts characters as people see them", () => {
    const { cursor, faults } = reading('"😀😀"');
    expect([cursor.text({ most: 2 }), faults()]).toEqual(["😀😀", []]);
  });

  test("tells no more warnings than it is allowed to, and all errors", () => {
    const { cursor, faults } = reading("[1, 2, 3, 4]", { mostWarnings: 2 });
    for (const item of cursor.items()) item.fault("odd", "this is odd", { warning: true });
    for (const item of cursor.items()) item.boolean();
    expect(faults().filter((fault) => fault.includes("warning"))).toEqual([
      "1 warning this is odd [odd]",
      "4 warning this is odd [odd]",
      "7 warning the file has 2 warnings up to here; no others are told [too-many-warnings]",
    ]);
    expect(faults().filter((fault) => fault.includes("error"))).toHaveLength(4);
  });
});
