import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import type { RunEvent, RunResult } from "../index.js";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";

function tell(event: RunEvent): string {
  switch (event.type) {
    case "run-started":
      return `run-started ${event.executionId} ${event.documents.join(" ")}`;
    case "document-started":
      return `document-started ${event.document}`;
    case "phase-started":
      return `phase-started ${event.document} ${event.phase} ${event.steps}`;
    case "step-started":
      return `step-started ${place(event)} ${event.action}`;
    case "step-output":
      return `step-output ${place(event)} ${event.stream} ${JSON.stringify(Buffer.from(event.chunk).toString())}`;
    case "step-log":
      return `step-log ${place(event)} ${event.text}`;
    case "attempt-finished":
      return `attempt-finished ${place(event)} ${event.attempt} ${event.exitCode} ${JSON.stringify(event.failureMessage)} ${event.again}`;
    case "step-finished":
      return `step-finished ${place(event)} ${event.result.outcome} ${event.result.status}`;
    case "phase-finished":
      return `phase-finished ${event.document} ${event.phase} ${event.status}`;
    case "document-finished":
      return `document-finished ${event.document} ${event.status}`;
    case "run-resumed":
    case "restart-finished":
    case "restart-requested":
    case "step-recalled":
    case "attempt-recalled":
    case "condition-evaluated":
    case "iteration-started":
      throw new Error(`${event.type} has tests of its own`);
    case "run-finished":
      return `run-finished ${event.executionId} ${event.status} ${event.cancelled}`;
  }
}

function place({ document, phase, step }: { readonly document: string; readonly phase: string; readonly step: string }): string {
  return `${document}/${phase}/${step}`;
}

test("a run reports its events in order", async () => {
  const { events } = await runYaml([
    withSteps(
      "{ name: Hello, action: Echo, inputs: { text: hi } }",
      "{ name: Flaky, action: FailUntil, maxAttempts: 2, onFailure: Continue, inputs: { attempts: 3 } }",
    ),
    withSteps("{ name: Bad, action: Throw, onFailure: Ignore, inputs: { what: text } }"),
  ]);
  expect(events.map(tell)).toEqual([
    "run-started run-1 document-1.yaml document-2.yaml",
    "document-started document-1.yaml",
    "phase-started document-1.yaml build 2",
    "step-started document-1.yaml/build/Hello Echo",
    'step-output document-1.yaml/build/Hello stdout "hi\\n"',
    "step-log document-1.yaml/build/Hello echoed 2 characters",
    'attempt-finished document-1.yaml/build/Hello 1 0 "" false',
    "step-finished document-1.yaml/build/Hello succeeded success",
    "step-started document-1.yaml/build/Flaky FailUntil",
    'step-output document-1.yaml/build/Flaky stdout "attempt 1\\n"',
    'attempt-finished document-1.yaml/build/Flaky 1 1 "attempt 1 is too early" true',
    'step-output document-1.yaml/build/Flaky stdout "attempt 2\\n"',
    'attempt-finished document-1.yaml/build/Flaky 2 2 "attempt 2 is too early" false',
    "step-finished document-1.yaml/build/Flaky failed failed",
    "phase-finished document-1.yaml build failed",
    "document-finished document-1.yaml failed",
    "document-started document-2.yaml",
    "phase-started document-2.yaml build 1",
    "step-started document-2.yaml/build/Bad Throw",
    'attempt-finished document-2.yaml/build/Bad 1 undefined "thrown text" false',
    "step-finished document-2.yaml/build/Bad failed ignoredFailure",
    "phase-finished document-2.yaml build successWithIgnoredFailure",
    "document-finished document-2.yaml successWithIgnoredFailure",
    "run-finished run-1 failed false",
  ]);
});

test("times run with the host's clock", async () => {
  const started = Date.now();
  const { result, events } = await runYaml(withSteps("{ name: One, action: Nap }"));
  const times = [started, ...events.map(({ time }) => time), result.endTime];
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(
    stepsOf(result).every(({ startTime, endTime }) => startTime <= endTime && result.startTime <= startTime && endTime <= result.endTime),
  ).toBe(true);
});

describe("the result of a step", () => {
  test("has the settings of the step and its line", async () => {
    const { result } = await runYaml(
      withSteps(
        "{ name: One, action: Nap }",
        "name: Two\n        action: Nap\n        timeoutSeconds: 60\n        maxAttempts: 2\n        onFailure: Continue\n        inputs: [{ seconds: 5 }, {}]",
      ),
    );
    expect(stepsOf(result)).toEqual([
      expect.objectContaining({
        name: "One",
        action: "Nap",
        line: 5,
        timeoutSeconds: 7200,
        maxAttempts: 1,
        attempts: 1,
        onFailure: "Abort",
        inputs: [{}],
        outputs: [{ rested: "yes" }],
        exitCode: undefined,
        lastLines: [],
      }),
      expect.objectContaining({
        name: "Two",
        line: 6,
        timeoutSeconds: 60,
        maxAttempts: 2,
        attempts: 1,
        onFailure: "Continue",
        inputs: [{ seconds: "5" }, {}],
        outputs: [{ rested: "yes" }, { rested: "yes" }],
      }),
    ]);
  });

  test("has the last 20 lines of both streams", async () => {
    const { result } = await runYaml(withSteps("{ name: One, action: Produce, inputs: { lines: 50 } }"));
    expect(stepsOf(result)[0]?.lastLines).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index + 31}`));
  });

  test("keeps the end of very long lines", async () => {
    const { result } = await runYaml(withSteps("{ name: One, action: Produce, inputs: { lines: 3, width: 100000 } }"));
    const lines = stepsOf(result)[0]?.lastLines ?? [];
    expect(lines.join("\n").length).toBeLessThan(16 * 1024);
    expect(lines.at(-1)).toMatch(/^\.+$/);
  });
});

describe("disableLogging", () => {
  const text = withSteps(
    "{ name: Secret, action: Echo, disableLogging: true, inputs: { text: hunter2 } }",
    "{ name: Failing, action: FailUntil, disableLogging: true, onFailure: Continue, inputs: { attempts: 2 } }",
    "{ name: Use, action: FileOp, disableLogging: true, inputs: { path: '{{ build.Secret.outputs.text }}-{{ build.Failing.outputs.stdout }}' } }",
  );

  test("keeps output, inputs and outputs out of events and results; references still see them", async () => {
    const { result, events } = await runYaml(text);
    expect(stepsOf(result).map(({ outcome, inputs, outputs, lastLines }) => ({ outcome, inputs, outputs, lastLines }))).toEqual([
      { outcome: "succeeded", inputs: [], outputs: [], lastLines: [] },
      { outcome: "failed", inputs: [], outputs: [], lastLines: [] },
      { outcome: "succeeded", inputs: [], outputs: [], lastLines: [] },
    ]);
    expect(events.filter(({ type }) => type === "step-output" || type === "step-log")).toEqual([]);
    expect(JSON.stringify([result, events])).not.toContain("hunter2");
  });

  test("the failure message, which may quote inputs, is hidden too", async () => {
    const { result, events } = await runYaml(withSteps("{ name: Blurt, action: Blurt, disableLogging: true, inputs: { text: hunter2 } }"));
    expect(stepsOf(result).map(({ outcome, failureMessage }) => ({ outcome, failureMessage }))).toEqual([
      { outcome: "failed", failureMessage: "the step failed; disableLogging hides the reason" },
    ]);
    expect(JSON.stringify([result, events])).not.toContain("hunter2");
  });

  test("the same applies to the steps of a document that runs inside such a step", async () => {
    const inner = withSteps(
      "{ name: Say, action: Echo, inputs: { text: '{{ greeting }}' } }",
      "{ name: Each, action: Echo, loop: { name: my, forEach: ['{{ greeting }}', hunter2-b] }, inputs: { text: '{{ my.value }}' } }",
      "{ name: Blurt, action: Blurt, if: { stringEquals: '{{ greeting }}', value: '{{ greeting }}' }, inputs: { text: '{{ greeting }}' } }",
    ).replace("phases:", "parameters: [{ greeting: { type: string } }]\nphases:");
    const { result, events } = await runYaml(
      withSteps("{ name: Call, action: Nested, disableLogging: true, inputs: { document: inner.yaml, greeting: hunter2 } }"),
      {
        loadDocument: async (name) => new SourceFile(name, inner),
      },
    );
    expect(stepsOf(stepsOf(result)[0]?.nested[0] as RunResult).map(({ outcome, loop }) => [outcome, loop])).toEqual([
      ["succeeded", undefined],
      ["succeeded", { name: "my", written: {}, values: [], iterations: 2 }],
      ["failed", undefined],
    ]);
    expect(events.filter(({ type }) => type === "step-output" || type === "step-log")).toEqual([]);
    expect(JSON.stringify([result, events])).not.toContain("hunter2");
  });

  test.each([
    ["does not hold", "{ stringEquals: hunter2, value: other, else: Abort }", 'the condition of "if" is false, and "else" is Abort'],
    [
      "cannot be evaluated",
      "{ patternMatches: '[{{ build.Secret.outputs.text }}', value: x }",
      'the condition of "if" cannot be evaluated; disableLogging hides the reason',
    ],
  ])("a condition that %s has no explanation", async (_what, condition, failureMessage) => {
    const { result, events } = await runYaml(
      withSteps(
        "{ name: Secret, action: Echo, disableLogging: true, inputs: { text: hunter2 } }",
        `{ name: Maybe, action: Nap, disableLogging: true, if: ${condition} }`,
      ),
    );
    expect(stepsOf(result)[1]).toMatchObject({ outcome: "failed", failureMessage });
    expect(JSON.stringify([result, events])).not.toContain("hunter2");
  });
});
