import type { OutputStream } from "@imagewright/action-contract";
import type { EvaluatedCondition } from "./evaluated-condition.js";
import type { Status, StepResult } from "./result.js";

/** The step of an event. */
export interface StepPlace {
  readonly document: string;
  readonly phase: string;
  readonly step: string;
  /** Names the step in its run; the same after a restart, and different in each run of a document. */
  readonly key: string;
}

/** Where the document of an event stands in the run. */
export interface Nesting {
  /** 0 for the documents of the run, 1 for a document that one of their steps runs, and so on. */
  readonly depth: number;
  /** The `key` of the step that runs the document. */
  readonly parent?: string;
}

/** The events of a run, in order. `time` is milliseconds since 1970-01-01T00:00:00Z. */
export type RunEvent = { readonly time: number } & Nesting &
  (
    | { readonly type: "run-started"; readonly executionId: string; readonly documents: readonly string[] }
    /** An interrupted run continues. */
    | { readonly type: "run-resumed"; readonly executionId: string }
    | { readonly type: "document-started"; readonly document: string; readonly key: string }
    | { readonly type: "phase-started"; readonly document: string; readonly phase: string; readonly key: string; readonly steps: number }
    /** The machine has restarted, and this step continues. */
    | ({ readonly type: "restart-finished" } & StepPlace)
    | ({ readonly type: "step-started"; readonly action: string } & StepPlace)
    /** An earlier process has finished this step or attempt, and may have ended before it could report it. */
    | ({ readonly type: "step-recalled"; readonly result: StepResult } & StepPlace)
    | ({ readonly type: "attempt-recalled" } & AttemptEnd & StepPlace)
    | ({ readonly type: "condition-evaluated"; readonly condition: EvaluatedCondition } & StepPlace)
    | ({ readonly type: "iteration-started"; readonly index: number; readonly value: string } & StepPlace)
    /** A piece of what a command prints; pieces need not end at line ends. */
    | ({ readonly type: "step-output"; readonly stream: OutputStream; readonly chunk: Uint8Array } & StepPlace)
    /** A line that the action itself writes. */
    | ({ readonly type: "step-log"; readonly text: string } & StepPlace)
    | ({ readonly type: "attempt-finished" } & AttemptEnd & StepPlace)
    | ({ readonly type: "restart-requested"; readonly exitCode: number | undefined; readonly delaySeconds: number } & StepPlace)
    | ({ readonly type: "step-finished"; readonly result: StepResult } & StepPlace)
    | { readonly type: "phase-finished"; readonly document: string; readonly phase: string; readonly key: string; readonly status: Status }
    | { readonly type: "document-finished"; readonly document: string; readonly key: string; readonly status: Status }
    | { readonly type: "run-finished"; readonly executionId: string; readonly status: Status; readonly cancelled: boolean }
  );

interface AttemptEnd {
  readonly attempt: number;
  readonly exitCode: number | undefined;
  readonly failureMessage: string;
  /** Whether another attempt follows. */
  readonly again: boolean;
}

type WithoutHead<Event> = Event extends unknown ? Omit<Event, "time" | keyof Nesting> : never;

/** An event without its time, and without where its document stands. */
export type EventBody = WithoutHead<RunEvent>;
