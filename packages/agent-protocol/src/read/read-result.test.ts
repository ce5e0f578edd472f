import { expect, test } from "@jest/globals";
import { readResult } from "../index.js";

const COUNTS = { failedStepCount: 0, executedStepCount: 1, ignoredFailedStepCount: 0 };
const RESULT = { protocol: "1.0", summary: { executionId: "run-1", status: "success", ...COUNTS, failureMessage: "", logUrl: "/logs" } };

test("a result is read; members that are not known are dropped", () => {
  expect(readResult(JSON.stringify({ ...RESULT, more: [1] }))).toEqual({ kind: "result", result: RESULT });
});

test.each<[string, string]>([
  ["not JSON", "{"],
  ["not an object", "[]"],
  ["protocol: missing", "{}"],
  ["summary: missing", '{"protocol":"1.0"}'],
  [
    'summary.status: "done\\u001b" is not one of success, failed',
    JSON.stringify({ ...RESULT, summary: { ...RESULT.summary, status: "done\u001b" } }),
  ],
  [
    "summary.executionId: has control or invisible characters",
    JSON.stringify({ ...RESULT, summary: { ...RESULT.summary, executionId: "\u001b" } }),
  ],
  [
    "summary.executedStepCount: not a whole number from 0 to 9007199254740991",
    JSON.stringify({ ...RESULT, summary: { ...RESULT.summary, executedStepCount: -1 } }),
  ],
  ["longer than 262144 bytes", " ".repeat(300_000)],
])("%s", (fault, text) => {
  expect(readResult(text)).toEqual({ kind: "invalid", fault });
});

test("the result of another major version names both", () => {
  expect(readResult('{"protocol":"12.3","result":7}')).toEqual({
    kind: "other-protocol",
    otherProtocol: { found: "12.3", supported: "1.0" },
  });
});
