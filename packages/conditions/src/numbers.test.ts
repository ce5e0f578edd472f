import { describe, expect, test } from "@jest/globals";
import { createNodeHost } from "@imagewright/node-host";
import { checkCondition, evaluateCondition } from "./index.js";

const context = { host: createNodeHost(), workingDirectory: "/", environment: {}, signal: new AbortController().signal };

async function evaluate(condition: unknown) {
  expect(checkCondition(condition)).toEqual([]);
  return evaluateCondition(condition, context);
}

type Row = readonly [value: boolean, condition: unknown, explanation: string];

// a document's numbers arrive as written, quoted or not; the chapter's examples are listed both ways
describe("chapter 13, compare numbers", () => {
  test.each<Row>([
    [true, { numberEquals: "1", value: "1" }, '"1" is equal to "1"'],
    [true, { numberEquals: 1, value: 1 }, '"1" is equal to "1"'],
    [true, { numberEquals: "1", value: 1 }, '"1" is equal to "1"'],
    [true, { numberEquals: 1, value: "1" }, '"1" is equal to "1"'],
    [true, { numberEquals: "5.0", value: "5.0" }, '"5.0" is equal to "5.0"'],
    [true, { numberEquals: "-1", value: "-1" }, '"-1" is equal to "-1"'],
    // the chapter's section on conversions
    [true, { numberEquals: "1", value: "1.0" }, '"1.0" is equal to "1"'],
    [false, { numberEquals: "10", value: "a10" }, '"a10" is not a number'],
    // beyond the chapter
    [true, { numberEquals: "+1", value: "01" }, '"01" is equal to "+1"'],
    [true, { numberEquals: "-0", value: "0" }, '"0" is equal to "-0"'],
    [true, { numberEquals: "1500", value: "1.5e3" }, '"1.5e3" is equal to "1500"'],
    [true, { numberEquals: "0x1ff", value: "0o777" }, '"0o777" is equal to "0x1ff"'],
    [true, { numberEquals: "777", value: "0777" }, '"0777" is equal to "777"'],
    [false, { numberEquals: "0.3", value: "0.30000000000000000000000001" }, '"0.30000000000000000000000001" is not equal to "0.3"'],
    [false, { numberEquals: "9007199254740992", value: "9007199254740993" }, '"9007199254740993" is not equal to "9007199254740992"'],
    ...["", " 1", "1 ", "1\n", "1,000", "1_000", "--1", ".", "-", "1e", "e1", ".inf", "NaN", "Infinity", "0x", "-0x1", "1e1234567890"].map(
      (text): Row => [false, { numberEquals: "1", value: text }, `${JSON.stringify(text)} is not a number`],
    ),
  ])("numberEquals: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test.each<Row>([
    [true, { numberLessThan: "2", value: "1" }, '"1" is less than "2"'],
    [true, { numberLessThan: 2, value: 1.9 }, '"1.9" is less than "2"'],
    [false, { numberLessThan: 2, value: "2" }, '"2" is not less than "2"'],
    [true, { numberLessThan: "10", value: "9" }, '"9" is less than "10"'],
    [true, { numberLessThan: "1e999999999", value: "1e308" }, '"1e308" is less than "1e999999999"'],
    [false, { numberLessThan: "2", value: "a1" }, '"a1" is not a number'],
  ])("numberLessThan: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test.each<Row>([
    [true, { numberLessThanEquals: 2, value: 1 }, '"1" is less than or equal to "2"'],
    [true, { numberLessThanEquals: 2, value: 1.9 }, '"1.9" is less than or equal to "2"'],
    [true, { numberLessThanEquals: 2, value: "2" }, '"2" is less than or equal to "2"'],
    [false, { numberLessThanEquals: 2, value: 2.1 }, '"2.1" is not less than or equal to "2"'],
    [false, { numberLessThanEquals: 2, value: "" }, '"" is not a number'],
  ])("numberLessThanEquals: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test.each<Row>([
    [true, { numberGreaterThan: 1, value: 2 }, '"2" is greater than "1"'],
    [true, { numberGreaterThan: 1, value: 1.1 }, '"1.1" is greater than "1"'],
    [false, { numberGreaterThan: 1, value: "1" }, '"1" is not greater than "1"'],
    [false, { numberGreaterThan: 1, value: "2.0.1" }, '"2.0.1" is not a number'],
  ])("numberGreaterThan: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test.each<Row>([
    [true, { numberGreaterThanEquals: 1, value: 2 }, '"2" is greater than or equal to "1"'],
    [true, { numberGreaterThanEquals: 1, value: 1.1 }, '"1.1" is greater than or equal to "1"'],
    [true, { numberGreaterThanEquals: 1, value: "1" }, '"1" is greater than or equal to "1"'],
    [false, { numberGreaterThanEquals: 1, value: 0.8 }, '"0.8" is not greater than or equal to "1"'],
    [false, { numberGreaterThanEquals: 1, value: "x" }, '"x" is not a number'],
  ])("numberGreaterThanEquals: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });
});
