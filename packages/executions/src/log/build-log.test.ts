import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentEvent } from "@imagewright/agent-protocol";
import type { BuildEvent } from "@imagewright/image-build";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { StepExecution, WorkflowExecution } from "@imagewright/workflow-engine";
import { expect, test } from "@jest/globals";
import { BuildLogFile } from "./build-log-file.js";
import { BuildLogWriter } from "./build-log-writer.js";

const of = { workflowExecutionId: "wf-1", workflowType: "BUILD", stepExecutionId: "step-1", stepName: "Apply" } as const;
const place = { document: "web.yaml", key: "1.build.Install", phase: "build", step: "Install" };
const AT = Date.parse("2026-11-29T10:00:00Z");

/** A run of the agent whose step prints these pieces. */
function runOf(pieces: readonly (readonly ["stdout" | "stderr", string])[], executionId = "exec-1"): readonly BuildEvent[] {
  const result = { status: "success", failureMessage: "", startTime: AT, endTime: AT + 1500 };
  const bodies: readonly object[] = [
    { type: "run-started", executionId, documents: ["web.yaml"] },
    { type: "phase-started", steps: 1, ...place },
    { type: "step-started", action: "ExecuteBash", ...place },
    ...pieces.map(([stream, text]) => ({ type: "step-output", stream, text, ...place })),
    { type: "step-finished", result, ...place },
    { type: "run-finished", executionId, status: "success", cancelled: false },
  ];
  return bodies.map((body, index) => ({
    ...{ type: "run-event", stage: "build", of },
    event: { protocol: "1.0", seq: index + 1, time: AT + index, depth: 0, ...body } as AgentEvent,
  }));
}

async function withLog(body: (open: () => Promise<{ file: BuildLogFile; writer: BuildLogWriter }>, path: string) => Promise<void>) {
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, "image-log.jsonl");
    await body(async () => {
      const file = await BuildLogFile.open(path);
      return { file, writer: new BuildLogWriter(file, () => undefined) };
    }, path);
  });
}

const linesIn = async (file: BuildLogFile, after = 0) => {
  const reader = file.reader(after);
  const texts: string[] = [];
  for (let lines = await reader.next(200); lines.length > 0; lines = await reader.next(200))
    texts.push(...lines.map(({ number, stream, text }) => `${number} ${stream} ${text}`));
  return texts;
};

test("pieces of output become lines, each with its stream; what has no end is there when its step ends", () =>
  withLog(async (open) => {
    const { file, writer } = await open();
    for (const event of runOf([
      ["stdout", "on"],
      ["stderr", "warning\r\n"],
      ["stdout", "e\ntwo\nthr"],
      ["stdout", "ee"],
    ]))
      writer.takeEvent(event);
    expect(await linesIn(file)).toEqual([
      "1 log phase build of web.yaml",
      "2 log Install (ExecuteBash)",
      "3 stderr warning",
      "4 stdout one",
      "5 stdout two",
      "6 stdout three",
      "7 log Install: success in 1.5 s",
    ]);
    expect(await linesIn(file, 5)).toEqual(["6 stdout three", "7 log Install: success in 1.5 s"]);
    const [line] = await file.reader(3).next();
    expect(line).toMatchObject({ at: new Date(AT + 3), workflowExecutionId: "wf-1", step: "Apply" });
    expect(writer.stepRuns).toEqual([{ executionId: "exec-1", stepExecutionId: "step-1", workflowExecutionId: "wf-1", step: "Apply" }]);
  }));

test("killed after any event, a line is neither lost nor repeated by the process that reads the events again", () =>
  withLog(async (open, path) => {
    const events = [
      ...runOf([
        ["stdout", "same\nsame\npart"],
        ["stderr", "same\n"],
        ["stdout", " of a line\n\n"],
      ]),
      { type: "notice", text: "same", of } as const,
      { type: "notice", text: "same", of } as const,
      { type: "waiting", stage: "Ask", step: "Ask", of, payload: "look" } as const,
      { type: "stage-finished", stage: "export", outcome: "done", seconds: 1 } as const,
    ];
    const whole = await open();
    for (const event of events) whole.writer.takeEvent(event);
    const expected = await linesIn(whole.file);
    expect(expected).toHaveLength(12);
    for (let killed = 0; killed <= events.length; killed += 1) {
      writeFileSync(path, "");
      const first = await open();
      for (const event of events.slice(0, killed)) first.writer.takeEvent(event);
      const second = await open();
      for (const event of events) second.writer.takeEvent(event);
      expect(await linesIn(second.file)).toEqual(expected);
    }
  }));

test("a line that its process was killed in writing is written again", () =>
  withLog(async (open, path) => {
    const first = await open();
    const events = runOf([["stdout", "one\ntwo\n"]]);
    for (const event of events) first.writer.takeEvent(event);
    const whole = readFileSync(path);
    for (const left of [1, 10, whole.length - 5, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, left));
      const second = await open();
      for (const event of events) second.writer.takeEvent(event);
      expect(readFileSync(path)).toEqual(whole);
    }
    appendFileSync(path, "x".repeat(200_000));
    const third = await open();
    expect(await linesIn(third.file)).toHaveLength(5);
  }));

test("a step that is tried again says its lines again", () =>
  withLog(async (open) => {
    const { file, writer } = await open();
    for (const id of ["exec-1", "exec-2"]) for (const event of runOf([["stdout", "hello\n"]], id)) writer.takeEvent(event);
    expect((await linesIn(file)).filter((line) => line.endsWith("hello"))).toHaveLength(2);
  }));

test("a long line is divided between characters", () =>
  withLog(async (open) => {
    const { file, writer } = await open();
    const text = `x${"😀".repeat(10_000)}`;
    for (const event of runOf([["stdout", `${text}\n`]])) writer.takeEvent(event);
    const printed = (await linesIn(file)).slice(2, -1).map((line) => line.replace(/^\d+ stdout /, ""));
    expect(printed.map(({ length }) => length)).toEqual([16_383, 3_618]);
    expect(printed.join("")).toBe(text);
  }));

const step = (name: string, more: Partial<StepExecution>): StepExecution => ({
  ...{ stepExecutionId: `step-${name}`, name, action: "RunCommand", status: "PENDING", attemptNumber: 1, maxAttempts: 1 },
  ...more,
});
const time = (second: number) => new Date(AT + second * 1000).toISOString();

function workflow(
  status: WorkflowExecution["status"],
  steps: readonly StepExecution[],
  more: Partial<WorkflowExecution> = {},
): WorkflowExecution {
  return {
    ...{ workflowExecutionId: "wf-1", type: "BUILD", status, totalStepCount: 2, steps, outputs: {} },
    ...{ totalStepsSucceeded: 0, totalStepsFailed: 0, totalStepsSkipped: 0 },
    ...more,
  };
}

test("a workflow and its steps say how they begin and end, with what commands have printed, once", () =>
  withLog(async (open) => {
    const begun = { status: "RUNNING", startTime: time(1) } as const;
    const done = { ...begun, status: "COMPLETED", endTime: time(3), outputs: JSON.stringify({ output: ["hello\nworld", ""] }) } as const;
    const failed = { status: "FAILED", startTime: time(3), endTime: time(4), message: "exit code 3" } as const;
    const states = [
      workflow("PENDING", [step("One", {}), step("Two", {})]),
      workflow("RUNNING", [step("One", begun), step("Two", {})], { startTime: time(0) }),
      workflow("RUNNING", [step("One", done), step("Two", {})], { startTime: time(0) }),
      workflow("FAILED", [step("One", done), step("Two", failed), step("Three", { status: "SKIPPED", endTime: time(4), message: "no" })], {
        ...{ startTime: time(0), endTime: time(5), message: 'step "Two" failed' },
      }),
    ];
    for (const from of [0, 3]) {
      const { file, writer } = await open();
      for (const state of states.slice(from)) writer.takeWorkflow(state, "mine");
      expect(await linesIn(file)).toEqual([
        '1 service workflow "mine" (BUILD) begins: wf-1',
        "2 service step One (RunCommand) begins",
        "3 stdout hello",
        "4 stdout world",
        "5 service step One is COMPLETED after 2.0 s",
        "6 service step Two (RunCommand) begins",
        "7 service step Two is FAILED after 1.0 s: exit code 3",
        "8 service step Three is SKIPPED: no",
        '9 service workflow "mine" (BUILD) is FAILED after 5.0 s: step "Two" failed',
      ]);
    }
  }));
