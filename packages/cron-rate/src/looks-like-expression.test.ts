import { expect, test } from "@jest/globals";
import { looksLikeExpression } from "./index.js";

test.each([
  ["cron(0 8 * * ? *)", true],
  [" rate(7 days)", true],
  ["Cron(0 8", true],
  ["rate(", true],
  ["0 8 * * ? *", true],
  ["0 8 * * *", true],
  ["*/5 22-4/2 ? * MON#1,FRIL *", true],
  ["0 8 1 JAN - 2027", true],
  ["", false],
  ["-", false],
  ["*", false],
  ["rate", false],
  ["7 days", false],
  ["every day", false],
  ["crn(0 8 * * ? *)", false],
  ["pipeline(1).json", false],
  ["pipeline (1).json", false],
  ["the pipeline of my team.json", false],
  ["./0 8 * * ? *", false],
  ["/srv/0 8/a b c d e", false],
])("%j: %s", (text, expected) => {
  expect(looksLikeExpression(text)).toBe(expected);
});
