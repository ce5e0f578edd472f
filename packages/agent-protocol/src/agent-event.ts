/** What every event has. */
export interface EventHead {
  /** The version of the protocol, such as `1.0`. */
  readonly protocol: string;
  /** The number of the event in its job, from 1 and without gaps, also over the parts of a run that was interrupted. */
  readonly seq: number;
  /** Milliseconds since 1970-01-01T00:00:00Z; never less than that of the event before. */
  readonly time: number;
  /** 0 for the documents of the run, 1 for a document that one of their steps runs, and so on. */
  readonly depth: number;
  /** The `key` of the step that runs this document; absent at depth 0. */
  readonly parent?: string;
}

/** A document in its run. */
export interface DocumentPlace {
  readonly document: string;
  /** Names the document, phase or step in its run, and is the same after a restart; of no other meaning. */
  readonly key: string;
}

export interface PhasePlace extends DocumentPlace {
  readonly phase: string;
}

/** A step in its run. */
export interface StepInRun extends PhasePlace {
  readonly step: string;
}

/** How a document, phase or run ended. */
export type EndStatus = "success" | "successWithIgnoredFailure" | "failed";

export interface AgentStepWarning {
  /** The line in the document. */
  readonly line: number;
  readonly message: string;
  /** What to try next. */
  readonly hints: readonly string[];
}

/** How a step ended, without its inputs and outputs, which are in detailedoutput.json. */
export interface AgentStepResult {
  readonly action: string;
  readonly outcome: "succeeded" | "failed" | "timed-out" | "cancelled" | "skipped" | "opaque" | "unknown";
  /** Its status after `onFailure` is applied. */
  readonly status: "success" | "failed" | "ignoredFailure" | "skipped" | "unpredictable";
  /** Empty for a successful step. */
  readonly failureMessage: string;
  /** What to try next. */
  readonly hints: readonly string[];
  /** What the step did not do although it has not failed; absent if there is nothing to say. */
  readonly warnings?: readonly AgentStepWarning[];
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly exitCode?: number;
  /** Whether the step changed the machine; absent if not known, as for commands. */
  readonly changed?: boolean;
  /** The last lines of output of the last attempt, from both streams. */
  readonly lastLines: readonly string[];
  /** The line of the step in its document. */
  readonly line: number;
  /** Milliseconds since 1970; the step may have started before a restart. */
  readonly startTime: number;
  readonly endTime: number;
}

/** What an event says, without its head. */
export type AgentEventBody =
  | { readonly type: "run-started"; readonly executionId: string; readonly documents: readonly string[] }
  /** An interrupted run continues. The documents, phases and steps that had not ended start again, under their keys. */
  | { readonly type: "run-resumed"; readonly executionId: string }
  | ({ readonly type: "document-started" } & DocumentPlace)
  | ({ readonly type: "phase-started"; readonly steps: number } & PhasePlace)
  | ({ readonly type: "step-started"; readonly action: string } & StepInRun)
  /** The machine has restarted, and this step continues. */
  | ({ readonly type: "restart-finished" } & StepInRun)
  | ({
      readonly type: "condition-evaluated";
      readonly value: boolean;
      readonly decision: "Abort" | "Execute" | "Skip";
      readonly explanation: string;
    } & StepInRun)
  | ({ readonly type: "iteration-started"; readonly index: number; readonly value: string } & StepInRun)
  /** A piece of what a command prints; pieces need not end at line ends. */
  | ({ readonly type: "step-output"; readonly stream: "stdout" | "stderr"; readonly text: string } & StepInRun)
  /** A line that the action itself writes. */
  | ({ readonly type: "step-log"; readonly text: string } & StepInRun)
  /** What a step had beyond the limits, told once at its end: bytes of output and log lines, and other events. */
  | ({ readonly type: "output-left-out"; readonly bytes: number; readonly events: number } & StepInRun)
  | ({
      readonly type: "attempt-finished";
      readonly attempt: number;
      readonly exitCode?: number;
      readonly failureMessage: string;
      /** Whether another attempt follows. */
      readonly again: boolean;
    } & StepInRun)
  | ({ readonly type: "restart-requested"; readonly exitCode?: number; readonly delaySeconds: number } & StepInRun)
  | ({ readonly type: "step-finished"; readonly result: AgentStepResult } & StepInRun)
  | ({ readonly type: "phase-finished"; readonly status: EndStatus } & PhasePlace)
  | ({ readonly type: "document-finished"; readonly status: EndStatus } & DocumentPlace)
  | { readonly type: "run-finished"; readonly executionId: string; readonly status: EndStatus; readonly cancelled: boolean };

/** An event of a job, one JSON object a line in `events.jsonl`. */
export type AgentEvent = EventHead & AgentEventBody;

/** An event before it has its number; its time may be out of order. */
export type EventDraft = Omit<EventHead, "protocol" | "seq"> & AgentEventBody;

/** The events of one type. */
export type AgentEventOf<Type extends AgentEvent["type"]> = Extract<AgentEvent, { readonly type: Type }>;

/** The seconds that a step took, from its first start to its end. */
export function secondsOf({ result: { startTime, endTime } }: AgentEventOf<"step-finished">): number {
  return (endTime - startTime) / 1000;
}
