import { expect, test } from "@jest/globals";
import type { RunResult, StepResult } from "@imagewright/document-engine";
import { detailedOutput } from "./results.js";
import { folderTime, logTime, resultTime } from "./times.js";

const TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

test("times are UTC in the agent's formats", () => {
  expect([logTime(TIME), resultTime(TIME), folderTime(TIME)]).toEqual([
    "2026-01-02 03:04:05.006",
    "2026-01-02T03:04:05Z",
    "2026-01-02_03-04-05_UTC-0",
  ]);
});

const step: StepResult = {
  ...{
    name: "Say",
    action: "ExecuteBash",
    outcome: "failed",
    status: "ignoredFailure",
    failureMessage: "it broke",
    hints: [],
    timeoutSeconds: 7200,
    maxAttempts: 1,
    attempts: 1,
  },
  ...{
    onFailure: "Ignore",
    inputs: [{ commands: ["false"] }],
    outputs: [{ stdout: "ä" }, { stdout: { kept: "begin…", totalBytes: 9_000_000 } }],
  },
  ...{ changed: undefined, condition: undefined, loop: undefined, nested: [] },
  ...{ exitCode: 1, lastLines: [], line: 3, startTime: TIME, endTime: TIME + 1000 },
};
const part = { status: "successWithIgnoredFailure", failureMessage: "", startTime: TIME, endTime: TIME + 2000 } as const;
const result: RunResult = {
  ...{ ...part, executionId: "id", cancelled: false, executedStepCount: 1, failedStepCount: 0, ignoredFailedStepCount: 1 },
  documents: [{ ...part, name: "Doc", filePath: "a.yaml", description: "says", phases: [{ ...part, name: "build", steps: [step] }] }],
};

test("the detailed output has the agent's keys, with inputs and outputs as JSON within JSON, and marks truncated ones", () => {
  const times = { startTime: "2026-01-02T03:04:05Z", endTime: "2026-01-02T03:04:07Z" };
  const whole = { status: "successWithIgnoredFailure", failureMessage: "", ...times };
  expect(detailedOutput(result)).toEqual({
    ...{ executionId: "id", ...whole },
    documents: [
      {
        ...{ name: "Doc", filePath: "a.yaml", description: "says", ...whole },
        phases: [
          {
            ...{ name: "build", ...whole },
            steps: [
              {
                ...{
                  name: "Say",
                  status: "ignoredFailure",
                  failureMessage: "it broke",
                  timeoutSeconds: 7200,
                  onFailure: "Ignore",
                  maxAttempts: 1,
                  action: "ExecuteBash",
                },
                ...{ startTime: "2026-01-02T03:04:05Z", endTime: "2026-01-02T03:04:06Z", inputs: '[{"commands":["false"]}]' },
                outputs: '[{"stdout":"ä"},{"stdout":"begin… (the first of 9000000 bytes; console.log has them all)"}]',
                ...{ loop: null, detailedOutput: null, attempts: 1, changed: null, condition: null },
              },
            ],
          },
        ],
      },
    ],
  });
});
