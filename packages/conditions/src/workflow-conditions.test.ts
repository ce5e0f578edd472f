import { describe, expect, test } from "@jest/globals";
import { checkCondition, evaluateWorkflowCondition, WORKFLOW_CONDITIONS } from "./index.js";

const signal = new AbortController().signal;

async function evaluate(condition: unknown): Promise<boolean> {
  expect(checkCondition(condition, { language: WORKFLOW_CONDITIONS })).toEqual([]);
  return (await evaluateWorkflowCondition(condition, signal)).value;
}

const sameText = { stringEquals: "a text", value: "a text" };
const otherText = { stringEquals: "a text", value: "another" };
const sameNumber = { numberEquals: 1, value: 1 };

describe("chapter 39", () => {
  test.each<[boolean, unknown]>([
    [true, { and: [sameText, { and: [{ numberEquals: "1", value: 1 }, { not: { stringEquals: "x", value: "y" } }] }] }],
    [true, { and: [sameText, sameNumber] }],
    [false, { and: [otherText, sameNumber] }],
    [true, { or: [otherText, sameNumber] }],
    [true, { not: [otherText] }],
    [true, [{ booleanEquals: true, value: "TRUE" }]],
    [false, { booleanEquals: false, value: "true" }],
    [false, { booleanEquals: false, value: "no" }],
    [true, { stringEquals: "true", value: true }],
    [false, { stringEquals: "Linux", value: "linux" }],
    [true, { numberEquals: 1, value: "1" }],
    [true, { numberEquals: 5.0, value: 5.0 }],
    [true, { numberEquals: -1, value: -1 }],
    [true, { numberGreaterThan: 1, value: "1.5" }],
    [false, { numberGreaterThanEquals: 2, value: "1.5" }],
    [true, { numberLessThan: 2, value: "1.5" }],
    [true, { numberLessThanEquals: "1.5", value: "1.5" }],
  ])("%j for %j", async (value, condition) => expect(await evaluate(condition)).toBe(value));

  test.each<[unknown, string]>([
    [{ booleanEquals: "yes", value: true }, '"booleanEquals" must be true or false; found "yes"'],
    [{ numberEquals: "one", value: 1 }, '"numberEquals" must be a number, such as 10 or "-2.5"; found "one"'],
    [{ and: [] }, '"and" must not be empty; it takes 1 to 10 conditions'],
    [{ or: Array.from({ length: 11 }, () => sameNumber) }, '"or" takes 1 to 10 conditions; found 11'],
    [{ and: [{ and: [{ not: { and: [sameText] } }] }] }, '"stringEquals" is nested too deeply; 4 levels of conditions are allowed'],
    [
      { fileExists: "/a" },
      'unknown operator "fileExists"; allowed: "and", "booleanEquals", "not", "numberEquals", "numberGreaterThan", "numberGreaterThanEquals", ' +
        '"numberLessThan", "numberLessThanEquals", "or" or "stringEquals"',
    ],
  ])("%j is refused", (condition, message) =>
    expect(checkCondition(condition, { language: WORKFLOW_CONDITIONS }).map((fault) => fault.message)).toEqual([message]),
  );

  test("ten conditions and four levels are allowed", async () => {
    expect(await evaluate({ and: Array.from({ length: 10 }, () => sameNumber) })).toBe(true);
    expect(await evaluate({ and: [{ and: [{ not: otherText }] }] })).toBe(true);
  });
});

test("component documents have no booleanEquals", () =>
  expect(checkCondition({ booleanEquals: true, value: true })[0]?.message).toMatch(/^unknown operator "booleanEquals"; allowed: "and", /));
