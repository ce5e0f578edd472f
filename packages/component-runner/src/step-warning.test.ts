import { expect, test } from "@jest/globals";
import { createStyles } from "@imagewright/diagnostics";
import { renderWarning } from "./step-warning.js";

const warning = { line: 12, message: '"jq" was not found', hints: ["install it", "or not"] };

test("a warning has its place, what was found, and what to try", () => {
  expect(String(renderWarning({ document: "web.yaml", warning }, createStyles(false)))).toBe(
    'web.yaml:12: warning: "jq" was not found\n  try: install it\n  try: or not',
  );
  expect(String(renderWarning({ document: "web.yaml", warning: { ...warning, hints: [] } }, createStyles(false), "    "))).toBe(
    '    web.yaml:12: warning: "jq" was not found',
  );
});

test("foreign text reaches no terminal raw", () => {
  const foreign = { line: 1, message: "\u001b[2J", hints: ["\u009b"] };
  expect(String(renderWarning({ document: "a\r", warning: foreign }, createStyles(false)))).toBe(
    "a\\u000d:1: warning: \\u001b[2J\n  try: \\u009b",
  );
});
