import { count, errorRow, errorTable, listOf, quote } from "@imagewright/diagnostics";
import type { Api } from "@imagewright/imagebuilder-model";

/** The errors of this package; faults of documents are diagnostics. */
export const workflowError = errorTable("workflow-engine", {
  "action-not-runnable": errorRow("unavailable", ({ actions }: { actions: readonly string[] }) => ({
    message: `the workflow cannot begin: this program cannot run ${listOf(actions, "and")}`,
  })),
  "parameters-not-valid": errorRow("invalid", ({ faults }: { faults: readonly string[] }) => ({
    message: `the workflow cannot begin: ${faults.join("; ")}`,
  })),
  "value-missing": errorRow("not-found", ({ reference, reason }: { reference: string; reason?: string | undefined }) => ({
    message: `${quote(reference)} has no value${reason === undefined ? "" : `: ${reason}`}`,
  })),
  "not-a-text": errorRow("invalid", ({ text }: { text: string }) => ({
    message: `a list or a mapping cannot be part of a text, as in ${text}`,
  })),
  "path-not-readable": errorRow("invalid", ({ path }: { path: string }) => ({ message: `cannot read the path ${quote(path)}` })),
  "inputs-not-valid": errorRow("invalid", ({ faults }: { faults: readonly string[] }) => ({ message: faults.join("; ") })),
  "step-timed-out": errorRow("failed", ({ seconds }: { seconds: number }) => ({
    message: `the step did not end within ${count(seconds, "second")}`,
  })),
  "step-failed": errorRow("failed", ({ message }: StepFailureData) => ({ message })),
});

/** Why a step failed, beyond the message: what the API shows as the failure context of an image. */
export interface StepFailureData {
  readonly message: string;
  readonly componentFailure?: Api.ComponentFailureContext | undefined;
  readonly distributionFailure?: Api.DistributionFailureContext | undefined;
}

/** The error with which a step action fails its step. */
export function stepFailed(data: StepFailureData): Error {
  return workflowError("step-failed", data);
}
