import { describe, expect, test } from "@jest/globals";
import { listOf } from "@imagewright/diagnostics";
import { checkCondition, OPERATOR_NAMES } from "./index.js";

const ALLOWED =
  'allowed: "and", "binaryExists", "fileExists", "fileMD5Equals", "fileSHA1Equals", "fileSHA256Equals", "fileSHA512Equals", "folderExists", "not", ' +
  '"numberEquals", "numberGreaterThan", "numberGreaterThanEquals", "numberLessThan", "numberLessThanEquals", "or", "patternMatches", ' +
  '"stringEquals", "stringGreaterThan", "stringGreaterThanEquals", "stringIsEmpty", "stringIsWhitespace", "stringLessThan" or "stringLessThanEquals"';
const JOIN = 'join conditions with "and" or "or"';
const RE2 = "RE2 has no look-around and no back-references; its syntax: https://github.com/google/re2/wiki/Syntax";

const same = { stringEquals: "a", value: "a" };

test("the operators are those of chapter 13", () => {
  expect(ALLOWED).toBe(`allowed: ${listOf(OPERATOR_NAMES)}`);
});

describe("checkCondition", () => {
  test.each<[condition: unknown, ...faults: unknown[]]>([
    // not a condition at all
    [undefined, { path: [], message: "a condition must be a mapping with one operator; found nothing" }],
    ["true", { path: [], message: 'a condition must be a mapping with one operator; found "true"' }],
    [true, { path: [], message: 'a condition must be a mapping with one operator; found "true"' }],
    [[], { path: [], message: "a condition must be a mapping with one operator; found an empty list", help: JOIN }],
    [[same, same], { path: [], message: "a condition must be a mapping with one operator; found a list of 2", help: JOIN }],
    [[[same]], { path: [0], message: "a condition must be a mapping with one operator; found a list of 1", help: JOIN }],
    [{}, { path: [], message: `a condition needs an operator; ${ALLOWED}` }],
    [{ value: "x" }, { path: [], message: `a condition needs an operator; ${ALLOWED}` }],
    [
      { stringIsEmpty: null, value: undefined },
      { path: [], message: `a condition needs an operator; ${ALLOWED}` },
    ],

    // operators
    [
      { stringEqual: "a", value: "a" },
      { path: [], message: `unknown operator "stringEqual"; ${ALLOWED}; did you mean "stringEquals"?` },
    ],
    [{ constructor: "a" }, { path: [], message: `unknown operator "constructor"; ${ALLOWED}` }],
    [
      { fileExists: "/a", folderExists: "/b" },
      { path: [], message: 'a condition must have one operator; found "fileExists" and "folderExists"', help: JOIN },
    ],
    [
      { fileExists: "/a", FILEEXISTS: "/b" },
      { path: [], message: 'a condition must have one operator; found "fileExists" and "FILEEXISTS"', help: JOIN },
    ],

    // keys next to the operator
    [{ stringEquals: "a" }, { path: [], message: '"stringEquals" needs "value" next to it' }],
    [
      { fileMD5Equals: "0".repeat(32), value: "x" },
      { path: [], message: '"fileMD5Equals": unknown key "value"; allowed: "path"' },
    ],
    [
      { stringLessThan: "a", vlaue: "a" },
      { path: [], message: '"stringLessThan": unknown key "vlaue"; allowed: "value"; did you mean "value"?' },
    ],
    [{ fileSHA1Equals: "0".repeat(40) }, { path: [], message: '"fileSHA1Equals" needs "path" next to it' }],
    [
      { fileExists: "/a", path: "/b" },
      { path: [], message: '"fileExists": unknown key "path"; none is allowed here' },
    ],
    [
      { and: [same], value: "b" },
      { path: [], message: '"and": unknown key "value"; none is allowed here' },
    ],
    [
      { ...same, then: "Skip" },
      { path: [], message: '"stringEquals": unknown key "then"; allowed: "value"' },
    ],

    // operands
    [
      { stringEquals: ["a"], value: { b: "c" } },
      { path: ["stringEquals"], message: '"stringEquals" must be a text or a number; found a list of 1' },
      { path: ["value"], message: '"value" must be a text or a number; found a mapping' },
    ],
    [{ fileExists: {} }, { path: ["fileExists"], message: '"fileExists" must be a text or a number; found a mapping' }],
    [
      { numberequals: "1O", value: "1" },
      { path: ["numberequals"], message: '"numberEquals" must be a number, such as 10 or "-2.5"; found "1O"' },
    ],
    [
      { numberLessThan: "", value: "1" },
      { path: ["numberLessThan"], message: '"numberLessThan" must be a number, such as 10 or "-2.5"; found ""' },
    ],
    [
      { numberLessThan: Number.NaN, value: "1" },
      { path: ["numberLessThan"], message: '"numberLessThan" must be a number, such as 10 or "-2.5"; found "NaN"' },
    ],
    [
      { patternMatches: "a(?=b)", value: "" },
      {
        path: ["patternMatches"],
        message: '"patternMatches" must be a pattern in RE2 syntax; found "a(?=b)": invalid or unsupported Perl syntax at character 2',
        help: RE2,
      },
    ],
    [
      { patternMatches: "(a)\\1", value: "" },
      {
        path: ["patternMatches"],
        message: '"patternMatches" must be a pattern in RE2 syntax; found "(a)\\\\1": invalid escape sequence at character 4',
        help: RE2,
      },
    ],
    [
      { patternMatches: "\u001b(", value: "" },
      {
        path: ["patternMatches"],
        message: '"patternMatches" must be a pattern in RE2 syntax; found "\\u001b(": missing closing )',
        help: RE2,
      },
    ],
    [
      { patternMatches: "*", value: "" },
      {
        path: ["patternMatches"],
        message: '"patternMatches" must be a pattern in RE2 syntax; found "*": missing argument to repetition operator',
        help: RE2,
      },
    ],
    [
      { fileMD5Equals: "", path: "/a" },
      { path: ["fileMD5Equals"], message: '"fileMD5Equals" must be 32 hexadecimal digits; found "" (0 characters)' },
    ],
    [
      { fileSHA1Equals: "a", path: "/a" },
      { path: ["fileSHA1Equals"], message: '"fileSHA1Equals" must be 40 hexadecimal digits; found "a" (1 character)' },
    ],
    [
      { fileSHA256Equals: "g".repeat(64), path: "/a" },
      {
        path: ["fileSHA256Equals"],
        message: `"fileSHA256Equals" must be 64 hexadecimal digits; found "${"g".repeat(60)}…" (64 characters)`,
      },
    ],
    [
      { fileSHA512Equals: "0".repeat(40), path: "/a" },
      {
        path: ["fileSHA512Equals"],
        message: `"fileSHA512Equals" must be 128 hexadecimal digits; found "${"0".repeat(40)}" (40 characters)`,
        help: '40 digits are a SHA1 hash, for "fileSHA1Equals"',
      },
    ],

    // logical operators
    [{ and: same }, { path: ["and"], message: '"and" must be a list of conditions; found a mapping' }],
    [{ or: [] }, { path: ["or"], message: '"or" must not be empty; it takes two or more conditions' }],
    [{ not: [] }, { path: ["not"], message: "a condition must be a mapping with one operator; found an empty list", help: JOIN }],
    [{ not: [same, same] }, { path: ["not"], message: "a condition must be a mapping with one operator; found a list of 2", help: JOIN }],
    [{ not: "x" }, { path: ["not"], message: 'a condition must be a mapping with one operator; found "x"' }],
    [
      { not: { not: { not: { not: { not: same } } } } },
      { path: ["not", "not", "not", "not"], message: '"not" is nested too deeply; 4 levels of logical operators are allowed' },
    ],
    [
      { and: [{ or: [{ and: [{ not: [{ or: [same] }] }] }] }] },
      { path: ["and", 0, "or", 0, "and", 0, "not", 0], message: '"or" is nested too deeply; 4 levels of logical operators are allowed' },
    ],
  ])("%j", (condition, ...faults) => {
    expect(checkCondition(condition)).toEqual(faults);
  });

  test("finds all faults at once, each at its place", () => {
    const inner = [{ numberEquals: "x" }, "b", { not: [{ fileExist: "/a" }] }, { and: [{ stringEquals: "a", value: "b" }, {}] }];
    const condition = { or: inner, extra: "1" };
    expect(checkCondition(condition)).toEqual([
      { path: [], message: '"or": unknown key "extra"; none is allowed here' },
      { path: ["or", 0], message: '"numberEquals" needs "value" next to it' },
      { path: ["or", 0, "numberEquals"], message: '"numberEquals" must be a number, such as 10 or "-2.5"; found "x"' },
      { path: ["or", 1], message: 'a condition must be a mapping with one operator; found "b"' },
      { path: ["or", 2, "not", 0], message: `unknown operator "fileExist"; ${ALLOWED}; did you mean "fileExists"?` },
      { path: ["or", 3, "and", 1], message: `a condition needs an operator; ${ALLOWED}` },
    ]);
  });

  test("a list of one condition counts as that condition", () => {
    expect(checkCondition([same])).toEqual([]);
    expect(checkCondition([{ stringEquals: "a", value: [] }])).toEqual([
      { path: [0, "value"], message: '"value" must be a text or a number; found an empty list' },
    ]);
  });

  test("extra keys are allowed next to the outermost operator only, and listed with an unknown key", () => {
    const options = { extraKeys: ["then", "else"] };
    expect(checkCondition({ ...same, then: "Skip", else: "Abort" }, options)).toEqual([]);
    expect(checkCondition([{ not: same, else: "Abort" }], options)).toEqual([]);
    expect(checkCondition({ ...same, els: "Abort" }, options)).toEqual([
      { path: [], message: '"stringEquals": unknown key "els"; allowed: "else", "then" or "value"; did you mean "else"?' },
    ]);
    expect(checkCondition({ and: [{ ...same, then: "Skip" }] }, options)).toEqual([
      { path: ["and", 0], message: '"stringEquals": unknown key "then"; allowed: "value"' },
    ]);
    expect(checkCondition({ then: "Skip" }, options)).toEqual([{ path: [], message: `a condition needs an operator; ${ALLOWED}` }]);
  });
});
