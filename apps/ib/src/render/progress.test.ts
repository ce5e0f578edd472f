import { expect, test } from "@jest/globals";
import type { AgentEvent, AgentEventBody } from "@imagewright/agent-protocol";
import type { BuildEvent, Stage } from "@imagewright/image-build";
import { LiveLines } from "../cli/live-lines.js";
import { Progress } from "./progress.js";

const START = 1_795_874_400_000;
const NAMES = new Map([
  ["web/outer.yaml", "Web"],
  ["inner.yaml", "Not this"],
]);

/** A progress with a clock of its own; `lines` are what was written, `live` the last frame of a terminal. */
function follow({ isTTY = false, showOutput = false, columns = 60 } = {}) {
  const written: string[] = [];
  let seconds = 0;
  const progress = new Progress(
    new LiveLines({ isTTY, columns, write: (text: string) => written.push(text) }),
    NAMES,
    { color: false, showOutput },
    () => START + seconds * 1000,
  );
  return {
    progress,
    at: (now: number) => void (seconds = now),
    lines: () => plain(written.join("")).map((line) => line.replace(/(\S) {3,}/, "$1   ")),
    live: () => plain(written.at(-1) ?? ""),
  };
}

function plain(text: string): string[] {
  // eslint-disable-next-line no-control-regex
  const lines = text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").split(/[\r\n]+/);
  return lines.filter((line) => line !== "");
}

let seq = 0;
const event = (body: AgentEventBody, seconds: number, depth = 0): AgentEvent => ({
  ...{ protocol: "1.0", seq: ++seq, time: START + seconds * 1000, depth, ...(depth > 0 ? { parent: "parent" } : {}) },
  ...body,
});
const phase = (document: string, name: string, depth = 0) =>
  event({ type: "phase-started", document, phase: name, key: `${depth}/${name}`, steps: 1 }, 0, depth);
const place = (document: string, name: string, step: string) => ({ document, phase: name, step, key: `${name}/${step}` });
const started = (document: string, name: string, step: string, depth = 0) =>
  event({ type: "step-started", ...place(document, name, step), action: "ExecuteBash" }, 0, depth);
const RESULT = { outcome: "succeeded", failureMessage: "", hints: [], attempts: 1, maxAttempts: 1, lastLines: [], line: 5 } as const;
const finished = (document: string, name: string, step: string, [from, to]: readonly [number, number], depth = 0, status = "success") =>
  event(
    {
      type: "step-finished",
      ...place(document, name, step),
      result: { ...RESULT, action: "ExecuteBash", status: status as "success", startTime: START + from * 1000, endTime: START + to * 1000 },
    },
    to,
    depth,
  );
const of = { workflowExecutionId: "wf-1", workflowType: "BUILD", stepExecutionId: "step-1", stepName: "Step" } as const;
const inStage = (stage: Stage, one: AgentEvent): BuildEvent => ({ type: "run-event", stage, of, event: one });
const stageStarted = (stage: Stage, title: string): BuildEvent => ({ type: "stage-started", stage, title });
const stageFinished = (stage: Stage, seconds: number): BuildEvent => ({ type: "stage-finished", stage, outcome: "done", seconds });

test("a nested document is shown inside of its step, which has its own duration", () => {
  const { progress, lines } = follow();
  for (const one of [
    phase("web/outer.yaml", "build"),
    started("web/outer.yaml", "build", "Nested"),
    phase("inner.yaml", "test", 1),
    started("inner.yaml", "test", "Inner", 1),
    finished("inner.yaml", "test", "Inner", [1, 1.5], 1),
    finished("web/outer.yaml", "build", "Nested", [0, 7]),
    started("web/outer.yaml", "build", "After"),
    finished("web/outer.yaml", "build", "After", [7, 7.2], 0, "failed"),
  ])
    progress.takeRun(one);
  expect(lines()).toEqual([
    ...["  Web build", "    inner.yaml test", "      Inner ExecuteBash   ok 0.5 s", "    Nested ExecuteBash   ok 7.0 s"],
    "    After ExecuteBash   failed 0.2 s",
  ]);
});

test("stages that run side by side have a live line each, and their lines stand under their own headings", () => {
  const { progress, lines, live, at } = follow({ isTTY: true });
  progress.take(stageStarted("test", "testing the image"));
  at(2);
  progress.take(stageStarted("export", "writing the OCI layout"));
  expect(live()).toEqual(["testing the image … 2.0 s", "writing the OCI layout … 0.0 s"]);
  progress.take(inStage("test", phase("web/outer.yaml", "test")));
  progress.take(inStage("test", started("web/outer.yaml", "test", "Ask")));
  at(5);
  progress.take(inStage("export", phase("other.yaml", "export")));
  expect(live()).toEqual(["Web test Ask … 3.0 s", "writing the OCI layout … 3.0 s"]);
  progress.take(inStage("test", finished("web/outer.yaml", "test", "Ask", [2, 5])));
  at(6);
  progress.take(stageFinished("export", 4));
  expect(live()).toEqual(["testing the image … 6.0 s"]);
  progress.take(stageFinished("test", 6));
  progress.close();
  const shown = lines().filter((line) => /^\s*(Web|other|Ask|export|test).* /.test(line) && !line.includes("…"));
  expect(shown).toEqual([
    ...["  Web test", "  other.yaml export", "  Web test", "    Ask ExecuteBash   ok 3.0 s", "export   done 4.0 s", "test   done 6.0 s"],
  ]);
});

test("what runs is the innermost step, also after a restart", () => {
  const { progress, live } = follow({ isTTY: true });
  progress.takeRun(started("web/outer.yaml", "build", "Nested"));
  progress.takeRun(started("inner.yaml", "build", "Inner", 1));
  expect(live()).toEqual(["inner.yaml build Inner … 0.0 s"]);
  progress.takeRun(event({ type: "run-resumed", executionId: "1" }, 0));
  progress.takeRun(started("web/outer.yaml", "build", "Nested"));
  expect(live()).toEqual(["Web build Nested … 0.0 s"]);
  progress.takeRun(finished("inner.yaml", "build", "Inner", [0, 1], 1));
  progress.close();
});

test("messages of steps and notices reach the terminal without control characters", () => {
  const { progress, lines } = follow();
  const attempt = { attempt: 1, failureMessage: "no \u001b[2J\u202e", again: true };
  progress.takeRun(event({ type: "attempt-finished", ...place("web/outer.yaml", "build", "Try"), ...attempt }, 0));
  progress.take({ type: "notice", text: "a\u001b[31mb" });
  progress.takeRun(phase("nested\u0007.yaml", "build", 1));
  expect(lines()).toEqual([
    "    Try: attempt 1 failed: no \\u001b[2J\\u202e; trying again",
    "  a\\u001b[31mb",
    "    nested\\u0007.yaml build",
  ]);
});

test("a step that waits says for what, and how it is answered", () => {
  const { progress, lines } = follow();
  progress.take({ type: "waiting", stage: "Approve", step: "Approve", of, payload: "look at web\n\u001b[2Jand at its logs" });
  progress.take({ type: "waiting", stage: "Other", step: "Other", of });
  progress.close();
  expect(lines()).toEqual([
    ...["  the step Approve waits for an answer", "    look at web", "    \\u001b[2Jand at its logs"],
    ...["    ib workflow resume Approve", "    ib workflow stop Approve"],
    ...["  the step Other waits for an answer", "    ib workflow resume Other", "    ib workflow stop Other"],
  ]);
});
