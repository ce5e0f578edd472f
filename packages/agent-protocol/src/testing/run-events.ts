import type { AgentEvent, AgentEventBody, EventDraft, EventHead } from "../agent-event.js";
import { PROTOCOL } from "../protocol.js";

/** 2026-11-28T14:00:00Z. */
export const START = 1_795_874_400_000;

const OUTER = { document: "outer.yaml", phase: "build", step: "Nested", key: "0/build/Nested" } as const;
const INNER = { document: "inner.yaml", phase: "build", step: "Say", key: "0/build/Nested/1>0/build/Say" } as const;
const INNER_PHASE = { document: "inner.yaml", phase: "build", key: "0/build/Nested/1>0/build" } as const;
const NESTED = { depth: 1, parent: OUTER.key } as const;

const RESULT = { outcome: "succeeded", status: "success", failureMessage: "", hints: [], attempts: 1, maxAttempts: 1 } as const;

/** The result of a step that ran from and to these milliseconds after the start. */
export function resultOf(action: string, from: number, to: number) {
  return { ...RESULT, action, lastLines: ["hello"], line: 6, startTime: START + from, endTime: START + to };
}

/** The drafts of a run with a document that runs another, one second apart. */
export const NESTED_RUN: readonly EventDraft[] = [
  body({ type: "run-started", executionId: "run-1", documents: ["outer.yaml"] }),
  body({ type: "document-started", document: "outer.yaml", key: "0/" }),
  body({ type: "phase-started", document: "outer.yaml", phase: "build", key: "0/build", steps: 1 }),
  body({ type: "step-started", ...OUTER, action: "ExecuteDocument" }),
  body({ type: "document-started", document: "inner.yaml", key: "0/build/Nested/1>0/" }, NESTED),
  body({ type: "phase-started", ...INNER_PHASE, steps: 1 }, NESTED),
  body({ type: "step-started", ...INNER, action: "ExecuteBash" }, NESTED),
  body({ type: "condition-evaluated", ...INNER, value: true, decision: "Execute", explanation: "" }, NESTED),
  body({ type: "iteration-started", ...INNER, index: 0, value: "a" }, NESTED),
  body({ type: "step-output", ...INNER, stream: "stdout", text: "hello\n" }, NESTED),
  body({ type: "step-log", ...INNER, text: "said" }, NESTED),
  body({ type: "attempt-finished", ...INNER, attempt: 1, exitCode: 0, failureMessage: "", again: false }, NESTED),
  body({ type: "step-finished", ...INNER, result: { ...resultOf("ExecuteBash", 7000, 12000), exitCode: 0 } }, NESTED),
  body({ type: "phase-finished", ...INNER_PHASE, status: "success" }, NESTED),
  body({ type: "document-finished", document: "inner.yaml", key: "0/build/Nested/1>0/", status: "success" }, NESTED),
  body({ type: "step-finished", ...OUTER, result: resultOf("ExecuteDocument", 3000, 15000) }),
  body({ type: "phase-finished", document: "outer.yaml", phase: "build", key: "0/build", status: "success" }),
  body({ type: "document-finished", document: "outer.yaml", key: "0/", status: "success" }),
  body({ type: "run-finished", executionId: "run-1", status: "success", cancelled: false }),
].map((draft, index) => ({ ...draft, time: START + index * 1000 }));

function body(event: AgentEventBody, place: Pick<EventHead, "depth" | "parent"> = { depth: 0 }): EventDraft {
  return { time: START, ...place, ...event };
}

/** Drafts as the events of a job, numbered from 1. */
export function numbered(drafts: readonly EventDraft[]): AgentEvent[] {
  return drafts.map((draft, index) => ({ protocol: PROTOCOL, seq: index + 1, ...draft }));
}

export function linesOf(events: readonly object[]): string[] {
  return events.map((event) => JSON.stringify(event));
}
