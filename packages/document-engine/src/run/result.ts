import type { ActionOutputs } from "@imagewright/action-contract";
import type { OnFailure } from "../syntax/document.js";

/** What a document, phase or whole run counts as, in the words of the result files. */
export type Status = "success" | "successWithIgnoredFailure" | "failed";

/** What happened in a step. */
export type StepOutcome = "succeeded" | "failed" | "timed-out" | "cancelled";

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
  readonly status: "success" | "failed" | "ignoredFailure";
  /** Empty for a step that succeeded. */
  readonly failureMessage: string;
  /** What to try next. */
  readonly hints: readonly string[];
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  readonly attempts: number;
  readonly onFailure: OnFailure;
  /** One entry for each item, with references resolved; empty where they could not be, or where logging is off. */
  readonly inputs: readonly unknown[];
  readonly outputs: readonly ActionOutputs[];
  readonly exitCode: number | undefined;
  /** The last lines that the last attempt printed, on both streams. */
  readonly lastLines: readonly string[];
  /** Where the step stands in its document. */
  readonly line: number;
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

/** What a whole counts as: failed if a part failed, otherwise whether failures were ignored. */
export function combine(parts: readonly { readonly status: Status | StepResult["status"] }[]): Status {
  if (parts.some((part) => part.status === "failed")) return "failed";
  return parts.some((part) => part.status !== "success") ? "successWithIgnoredFailure" : "success";
}
