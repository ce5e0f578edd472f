import type { ActionOutputs } from "@imagewright/action-contract";
import type { OnFailure } from "../syntax/document.js";
import type { EvaluatedCondition } from "./evaluated-condition.js";

/** The status of a document, phase or run, in the terms of the result files. */
export type Status = "success" | "successWithIgnoredFailure" | "failed";

/**
 * What happened in a step. Two occur only in a plan: `opaque`, a step whose effects cannot be predicted, and `unknown`, one that
 * depends on the outputs of such a step, or would fail if such a step changed nothing.
 */
export type StepOutcome = "succeeded" | "failed" | "timed-out" | "cancelled" | "skipped" | "opaque" | "unknown";

/** Times are milliseconds since 1970-01-01T00:00:00Z. */
interface Timed {
  readonly startTime: number;
  readonly endTime: number;
}

export interface StepResult extends Timed {
  readonly name: string;
  readonly action: string;
  /** What happened. */
  readonly outcome: StepOutcome;
  /** Its status after `onFailure` is applied. */
  readonly status: "success" | "failed" | "ignoredFailure" | "skipped" | "unpredictable";
  /** Empty for a successful step. */
  readonly failureMessage: string;
  /** What to try next. */
  readonly hints: readonly string[];
  /** What the step did not do although it has not failed; absent if there is nothing to say. */
  readonly warnings?: readonly StepWarning[];
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  readonly attempts: number;
  readonly onFailure: OnFailure;
  /** One entry for each item, with references resolved except those to a loop; empty if that failed, or if logging is off. */
  readonly inputs: readonly unknown[];
  readonly outputs: readonly ActionOutputs[];
  readonly exitCode: number | undefined;
  /** Whether the step changed the machine; undefined if not known, as for commands. */
  readonly changed: boolean | undefined;
  /** The decision of the step's `if`. */
  readonly condition: EvaluatedCondition | undefined;
  readonly loop: LoopResult | undefined;
  /** The results of the documents that the step ran. */
  readonly nested: readonly RunResult[];
  /** The last lines of output of the last attempt, from both streams. */
  readonly lastLines: readonly string[];
  /** The line of the step in its document. */
  readonly line: number;
}

/** A warning about a run of a step. */
export interface StepWarning {
  /** The line in the document: that of the step, if there is no better one. */
  readonly line: number;
  readonly message: string;
  readonly hints: readonly string[];
}

export interface LoopResult {
  readonly name: string | undefined;
  /** The loop as written, as plain data; empty if logging is off. */
  readonly written: unknown;
  /** The values of a list, references resolved; empty for numbers, before the step, and if logging is off. */
  readonly values: readonly string[];
  /** How many iterations the last attempt has finished. */
  readonly iterations: number;
}

export interface PhaseResult extends Timed {
  readonly name: string;
  readonly status: Status;
  readonly failureMessage: string;
  readonly steps: readonly StepResult[];
}

export interface DocumentResult extends Timed {
  readonly name: string;
  readonly filePath: string;
  readonly description: string;
  readonly status: Status;
  readonly failureMessage: string;
  readonly phases: readonly PhaseResult[];
}

export interface RunResult extends Timed {
  readonly executionId: string;
  readonly status: Status;
  readonly cancelled: boolean;
  readonly failureMessage: string;
  readonly documents: readonly DocumentResult[];
  readonly executedStepCount: number;
  readonly failedStepCount: number;
  readonly ignoredFailedStepCount: number;
}

/** The status of a whole; skipped steps count as done. Failed if a part failed, otherwise whether failures were ignored. */
export function combine(parts: readonly { readonly status: Status | StepResult["status"] }[]): Status {
  if (parts.some((part) => part.status === "failed")) return "failed";
  return parts.some((part) => !["success", "skipped", "unpredictable"].includes(part.status)) ? "successWithIgnoredFailure" : "success";
}

/** The summary of a run, in awstoe's terms: the agent prints it, and ExecuteDocument returns it as its outputs. */
export function summaryOf(result: RunResult, logUrl = "") {
  return {
    executionId: result.executionId,
    // failures that were all ignored count as a success here, as the guide says
    status: result.status === "failed" ? ("failed" as const) : ("success" as const),
    failedStepCount: result.failedStepCount,
    executedStepCount: result.executedStepCount,
    ignoredFailedStepCount: result.ignoredFailedStepCount,
    failureMessage: result.failureMessage,
    logUrl,
  };
}
