import { describe, expect, test } from "@jest/globals";
import { createNodeHost } from "@imagewright/node-host";
import { checkCondition, evaluateCondition } from "./index.js";

const context = { host: createNodeHost(), workingDirectory: "/", environment: {}, signal: new AbortController().signal };

async function evaluate(condition: unknown) {
  expect(checkCondition(condition)).toEqual([]);
  return evaluateCondition(condition, context);
}

type Row = readonly [value: boolean, condition: unknown, explanation: string];

const sameText = { stringEquals: "test_string", value: "test_string" };
const otherText = { stringEquals: "test_string", value: "Hello world!" };
const sameNumber = { numberEquals: "1", value: "1" };
const otherNumber = { numberEquals: "1", value: "3" };
// a comparison that throws if it is evaluated after all
const unreadable = { fileMD5Equals: "0".repeat(32), path: "/proc/self/mem" };

describe("chapter 13, logical operators", () => {
  test.each<Row>([
    [true, { and: [sameText, sameNumber] }, '"test_string" is equal to "test_string", and "1" is equal to "1"'],
    [false, { and: [otherText, sameNumber] }, '"Hello world!" is not equal to "test_string"'],
    [false, { and: [sameText, otherNumber] }, '"3" is not equal to "1"'],
    [true, { and: [sameText] }, '"test_string" is equal to "test_string"'],
    [
      true,
      { and: Array.from({ length: 7 }, (_, index) => ({ numberEquals: index, value: index })) },
      '"0" is equal to "0", and "1" is equal to "1", and "2" is equal to "2", and "3" is equal to "3", and "4" is equal to "4", and 2 more',
    ],
  ])("and: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test.each<Row>([
    [true, { or: [sameText, otherNumber] }, '"test_string" is equal to "test_string"'],
    [true, { or: [otherText, sameNumber] }, '"1" is equal to "1"'],
    [false, { or: [otherText, otherNumber] }, '"Hello world!" is not equal to "test_string", and "3" is not equal to "1"'],
    [false, { or: [otherText] }, '"Hello world!" is not equal to "test_string"'],
  ])("or: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test.each<Row>([
    [true, { not: [otherText] }, '"Hello world!" is not equal to "test_string"'],
    [false, { not: [sameText] }, '"test_string" is equal to "test_string"'],
    [true, { not: otherText }, '"Hello world!" is not equal to "test_string"'],
    [false, { not: sameText }, '"test_string" is equal to "test_string"'],
    [true, { not: { numberEquals: "1", value: "a10" } }, '"a10" is not a number'],
  ])("not: %j for %j", async (value, condition, explanation) => {
    expect(await evaluate(condition)).toEqual({ value, explanation });
  });

  test("four levels, in any letter case", async () => {
    const condition = { OR: [{ And: [{ nOt: [{ or: [{ NUMBEREQUALS: "1", value: "3" }, otherText] }] }, sameNumber] }] };
    expect(await evaluate(condition)).toEqual({
      value: true,
      explanation: '"3" is not equal to "1", and "Hello world!" is not equal to "test_string", and "1" is equal to "1"',
    });
  });

  const onLinux = process.platform === "linux" ? test : test.skip;
  onLinux("conditions after the deciding one are not evaluated", async () => {
    await expect(evaluate({ and: [sameText, unreadable] })).rejects.toThrow("cannot read");
    expect((await evaluate({ and: [otherText, unreadable] })).value).toBe(false);
    await expect(evaluate({ or: [otherText, unreadable] })).rejects.toThrow("cannot read");
    expect((await evaluate({ or: [sameText, unreadable] })).value).toBe(true);
  });
});

describe("evaluateCondition", () => {
  test("throws for a condition that has faults", async () => {
    await expect(
      evaluateCondition(
        {
          and: [
            { numberEquals: "x", value: "1" },
            { patternMatches: "(", value: "" },
          ],
        },
        context,
      ),
    ).rejects.toMatchObject({
      code: "conditions/condition-not-valid",
      message:
        'the condition is not valid: "numberEquals" must be a number, such as 10 or "-2.5"; found "x"; ' +
        '"patternMatches" must be a pattern in RE2 syntax; found "(": missing closing )',
      hints: ["RE2 has no look-around and no back-references; its syntax: https://github.com/google/re2/wiki/Syntax"],
    });
  });

  test("stops when the signal aborts", async () => {
    const signal = AbortSignal.abort(new Error("the step is over"));
    await expect(evaluateCondition(sameText, { ...context, signal })).rejects.toThrow("the step is over");
  });

  test("stops between two conditions when the signal aborts", async () => {
    const controller = new AbortController();
    const { files } = context.host;
    const host = { ...context.host, files: { ...files, stat: stopAfter(files.stat, controller) as typeof files.stat } };
    const condition = { and: [{ folderExists: "/" }, sameText] };
    await expect(evaluateCondition(condition, { ...context, host, signal: controller.signal })).rejects.toThrow("out of time");
  });

  test("ignores extra keys", async () => {
    const condition = { ...otherText, then: "Skip", else: "Execute" };
    expect(await evaluateCondition(condition, context, { extraKeys: ["then", "else"] })).toEqual({
      value: false,
      explanation: '"Hello world!" is not equal to "test_string"',
    });
  });
});

/** The real call, followed by the step's timeout. */
function stopAfter(stat: (path: string) => Promise<unknown>, controller: AbortController) {
  return async (path: string) => {
    const facts = await stat(path);
    controller.abort(new Error("out of time"));
    return facts;
  };
}
