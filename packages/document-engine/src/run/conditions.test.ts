import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";

async function run(condition: string, ...rest: readonly string[]) {
  return withTemporaryFolder(async (workingDirectory) => {
    await mkdir(join(workingDirectory, "present"));
    const { result, events } = await runYaml(
      `parameters:\n  - Mode: { type: string, default: fast }\n${withSteps(`{ name: One, action: Echo, if: ${condition}, inputs: { text: ran } }`, ...rest)}`,
      { workingDirectory },
    );
    return { result, events, steps: stepsOf(result) };
  });
}

describe("chapter 13: if", () => {
  test.each([
    ["true runs the step", "{ folderExists: present }", "succeeded"],
    ["false skips it", "{ folderExists: absent }", "skipped"],
    ["then: Skip", "{ folderExists: present, then: Skip }", "skipped"],
    ["then: Skip does not hold for false", "{ folderExists: absent, then: Skip, else: Execute }", "succeeded"],
    ["else: Execute", "{ folderExists: absent, else: Execute }", "succeeded"],
    ["then: Abort", "{ folderExists: present, then: Abort }", "failed"],
    ["else: Abort", "{ folderExists: absent, else: Abort }", "failed"],
    ["a list of one condition", "[{ folderExists: present }]", "succeeded"],
    [
      "and, or, not",
      "{ and: [{ not: { folderExists: absent } }, { or: [{ folderExists: absent }, { folderExists: present }] }] }",
      "succeeded",
    ],
    ["references", "{ stringEquals: fast, value: '{{ Mode }}' }", "succeeded"],
    ["the value before the operator", "{ value: '{{ Mode }}', stringEquals: slow }", "skipped"],
  ])("%s", async (_what, condition, outcome) => {
    expect((await run(condition)).steps[0]).toMatchObject({ outcome });
  });

  test("a skipped step counts as done, not as executed, and runs nothing", async () => {
    const { result, steps, events } = await run("{ folderExists: absent }");
    expect(steps[0]).toMatchObject({
      status: "skipped",
      attempts: 0,
      outputs: [],
      failureMessage: "",
      condition: { value: false, decision: "Skip" },
    });
    expect(result).toMatchObject({ status: "success", executedStepCount: 0, failedStepCount: 0 });
    expect(events.filter(({ type }) => type === "step-output" || type === "attempt-finished")).toEqual([]);
  });

  test("Abort fails the step as onFailure says, with the explanation", async () => {
    const { result, steps } = await run("{ folderExists: present, then: Abort }", "{ name: Next, action: Nap }");
    expect(result.status).toBe("failed");
    expect(steps).toMatchObject([
      {
        name: "One",
        status: "failed",
        attempts: 0,
        failureMessage: expect.stringMatching(/^the condition of "if" is true \(".*\/present" is a folder\), and "then" is Abort$/),
      },
    ]);
  });

  test("a reference to an output of a skipped step fails the referring step with the reason", async () => {
    const { steps } = await run(
      "{ folderExists: absent }",
      "{ name: Two, action: Echo, inputs: { text: '{{ build.One.outputs.text }}' } }",
    );
    expect(steps[1]).toMatchObject({
      outcome: "failed",
      failureMessage: 'step "One" of phase "build" was skipped by its "if", so it has no outputs',
    });
  });

  test("conditions are evaluated in order, only as far as needed, and once for all attempts", async () => {
    const { events, steps } = await run(`{ or: [{ folderExists: present }, { fileSHA256Equals: '${"0".repeat(64)}', path: absent }] }`);
    expect(steps[0]?.outcome).toBe("succeeded");
    expect(events.filter(({ type }) => type === "condition-evaluated")).toHaveLength(1);
  });

  test("a condition that cannot be evaluated fails the step", async () => {
    const { steps } = await run(`{ fileSHA256Equals: '${"0".repeat(64)}', path: /proc/self/mem }`);
    expect(steps[0]).toMatchObject({ outcome: "failed", attempts: 0, failureMessage: expect.stringContaining("/proc/self/mem") });
  });
});
