import type { RunResult, StepResult } from "@imagewright/document-engine";
import { describe, expect, test } from "@jest/globals";
import { failedSteps, renderFailedStep } from "./failed-step.js";

const step = (name: string, part: Partial<StepResult> = {}) =>
  ({
    ...{ name, action: "ExecuteBash", status: "failed", failureMessage: "the command exited with code 3" },
    ...{ attempts: 1, maxAttempts: 1, hints: [], lastLines: [], nested: [], line: 6, ...part },
  }) as Partial<StepResult> as StepResult;

const run = (filePath: string, ...steps: StepResult[]) =>
  ({ documents: [{ filePath, phases: [{ name: "build", steps }] }] }) as unknown as RunResult;

describe("the failed steps of a run", () => {
  test("those of a document that a step has run come before it; what has not failed is left out, with all that is inside of it", () => {
    const inner = run("inner.yaml", step("Inner"), step("Fine", { status: "success" }));
    const result = run("outer.yaml", step("Ignored", { status: "ignoredFailure", nested: [inner] }), step("Outer", { nested: [inner] }));
    expect(failedSteps(result).map(({ document, phase, result: { name } }) => [document, phase, name])).toEqual([
      ["inner.yaml", "build", "Inner"],
      ["outer.yaml", "build", "Outer"],
    ]);
  });
});

describe("a failed step", () => {
  const failed = { document: "web.yaml", phase: "build" };

  test("has its place and how it ended", () => {
    expect(String(renderFailedStep({ ...failed, result: step("Install") }))).toBe(
      'web.yaml:6: failed: step "Install" of phase "build" (ExecuteBash)\n  the command exited with code 3\n',
    );
  });

  test("has its attempts, its last output with control characters written out, and what to try", () => {
    const result = step("Install", {
      ...{ attempts: 3, maxAttempts: 3, hints: ["look at the network"] },
      lastLines: ["\u001b[31mno such\u0007 package\u001b[0m", "10%\r\u001b[2Jdone\r"],
    });
    expect(String(renderFailedStep({ ...failed, result }))).toBe(`web.yaml:6: failed: step "Install" of phase "build" (ExecuteBash)
  the command exited with code 3 (attempt 3 of 3)
  its last output:
    | \\u001b[31mno such\\u0007 package\\u001b[0m
    | 10%\\u000d\\u001b[2Jdone
  try: look at the network
`);
  });

  test("shows its last output as it was printed, if that is asked for, and nothing else", () => {
    const result = step("Install", { failureMessage: "no\u001b[2J", lastLines: ["\u001b[31mred"], hints: ["\u202e\nsuccess"] });
    expect(String(renderFailedStep({ document: "a\u009bm", phase: "b\r", result }, { raw: true }))).toBe(
      `a\\u009bm:6: failed: step "Install" of phase "b\\r" (ExecuteBash)
  no\\u001b[2J
  its last output:
    | \u001b[31mred
  try: \\u202e\\u000asuccess
`,
    );
  });

  test("has colours where they are asked for", () => {
    expect(String(renderFailedStep({ ...failed, result: step("Install") }, { color: true }))).toContain("\u001b[31mfailed\u001b[39m: step");
  });
});
