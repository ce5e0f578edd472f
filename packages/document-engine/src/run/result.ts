import type { ActionOutputs } from "@imagewright/action-contract";
import type { OnFailure } from "../syntax/document.js";
import type { Decision } from "./decision.js";

/** What a document, phase or whole run counts as, in the words of the result files. */
export type Status = "success" | "successWithIgnoredFailure" | "failed";

/**
 * What happened in a step. Two of them are of a plan: `opaque`, a step whose effects cannot be told beforehand, and `unknown`, one that
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
  /** What it counts as, after `onFailure`. */
  readonly status: "success" | "failed" | "ignoredFailure" | "skipped" | "unpredictable";
  /** Empty for a step that succeeded. */
  readonly failureMessage: string;
  /** What to try next. */
  readonly hints: readonly string[];
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  readonly attempts: number;
  readonly onFailure: OnFailure;
  /** One entry for each item, with references resolved but for those to a loop; empty where they could not be, or where logging is off. */
  readonly inputs: readonly unknown[];
  readonly outputs: readonly ActionOutputs[];
  readonly exitCode: number | undefined;
  /** Whether the step changed the machine; undefined where that cannot be told, as for commands. */
  readonly changed: boolean | undefined;
  /** What the step's `if` has led to. */
  readonly condition: Decision | undefined;
  readonly loop: LoopResult | undefined;
  /** The runs of the documents that the step ran inside itself. */
  readonly nested: readonly RunResult[];
  /** The last lines that the last attempt printed, on both streams. */
  readonly lastLines: readonly string[];
  /** Where the step stands in its document. */
  readonly line: number;
}

export interface LoopResult {
  readonly name: string | undefined;
  /** The loop as it is written, as plain data; empty where logging is off. */
  readonly written: unknown;
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

/** What a whole counts as; steps that were skipped count as done. Failed if a part failed, otherwise whether failures were ignored. */
export function combine(parts: readonly { readonly status: Status | StepResult["status"] }[]): Status {
  if (parts.some((part) => part.status === "failed")) return "failed";
  return parts.some((part) => !["success", "skipped", "unpredictable"].includes(part.status)) ? "successWithIgnoredFailure" : "success";
}

/** The summary that a run leaves, in awstoe's words: the agent prints it, and ExecuteDocument gives it as its outputs. */
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
