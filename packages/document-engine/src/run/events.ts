import type { OutputStream } from "@imagewright/action-contract";
import type { EvaluatedCondition } from "./evaluated-condition.js";
import type { Status, StepResult } from "./result.js";

/** The step of an event. */
export interface StepPlace {
  readonly document: string;
  readonly phase: string;
  readonly step: string;
}

/** The events of a run, in order. `time` is milliseconds since 1970-01-01T00:00:00Z. */
export type RunEvent = { readonly time: number } & (
  | { readonly type: "run-started"; readonly executionId: string; readonly documents: readonly string[] }
  /** An interrupted run continues. */
  | { readonly type: "run-resumed"; readonly executionId: string }
  | { readonly type: "document-started"; readonly document: string }
  | { readonly type: "phase-started"; readonly document: string; readonly phase: string; readonly steps: number }
  /** The machine has restarted, and this step continues. */
  | ({ readonly type: "restart-finished" } & StepPlace)
  | ({ readonly type: "step-started"; readonly action: string } & StepPlace)
  | ({ readonly type: "condition-evaluated"; readonly condition: EvaluatedCondition } & StepPlace)
  | ({ readonly type: "iteration-started"; readonly index: number; readonly value: string } & StepPlace)
  /** A piece of what a command prints; pieces need not end at line ends. */
  | ({ readonly type: "step-output"; readonly stream: OutputStream; readonly chunk: Uint8Array } & StepPlace)
  /** A line that the action itself writes. */
  | ({ readonly type: "step-log"; readonly text: string } & StepPlace)
  | ({
      readonly type: "attempt-finished";
      readonly attempt: number;
      readonly exitCode: number | undefined;
      readonly failureMessage: string;
      readonly again: boolean;
    } & StepPlace)
  | ({ readonly type: "restart-requested"; readonly exitCode: number | undefined; readonly delaySeconds: number } & StepPlace)
  | ({ readonly type: "step-finished"; readonly result: StepResult } & StepPlace)
  | { readonly type: "phase-finished"; readonly document: string; readonly phase: string; readonly status: Status }
  | { readonly type: "document-finished"; readonly document: string; readonly status: Status }
  | { readonly type: "run-finished"; readonly executionId: string; readonly status: Status; readonly cancelled: boolean }
);

type WithoutTime<Event> = Event extends unknown ? Omit<Event, "time"> : never;

/** An event without its time. */
export type UntimedEvent = WithoutTime<RunEvent>;
