import type { ActionOutputs } from "@imagewright/action-contract";
import type { DocumentResult, PhaseResult, RunResult, StepResult } from "@imagewright/document-engine";
import { resultTime } from "./times.js";

/** What the agent prints at the end of a run; the keys are awstoe's. */
export interface RunSummary {
  readonly executionId: string;
  readonly status: "success" | "failed";
  readonly failedStepCount: number;
  readonly executedStepCount: number;
  readonly ignoredFailedStepCount: number;
  readonly failureMessage: string;
  /** The log folder. */
  readonly logUrl: string;
}

/** A run whose failures were all ignored counts as a success here, as the guide says. */
export function summarize(result: RunResult, logUrl: string): RunSummary {
  return {
    executionId: result.executionId,
    status: result.status === "failed" ? "failed" : "success",
    failedStepCount: result.failedStepCount,
    executedStepCount: result.executedStepCount,
    ignoredFailedStepCount: result.ignoredFailedStepCount,
    failureMessage: result.failureMessage,
    logUrl,
  };
}

/** The content of detailedoutput.json. */
export function detailedOutput(result: RunResult) {
  return {
    executionId: result.executionId,
    status: result.status,
    ...times(result),
    failureMessage: result.failureMessage,
    documents: result.documents.map(detailedDocument),
  };
}

function detailedDocument(document: DocumentResult) {
  const { name, filePath, status, description, failureMessage } = document;
  return { name, filePath, status, description, ...times(document), failureMessage, phases: document.phases.map(detailedPhase) };
}

function detailedPhase(phase: PhaseResult) {
  const { name, status, failureMessage } = phase;
  return { name, status, ...times(phase), failureMessage, steps: phase.steps.map(detailedStep) };
}

function detailedStep(step: StepResult) {
  const { name, status, failureMessage, timeoutSeconds, onFailure, maxAttempts, action } = step;
  return {
    name,
    status,
    failureMessage,
    timeoutSeconds,
    onFailure,
    maxAttempts,
    action,
    ...times(step),
    // both are JSON within JSON, as the guide shows them
    inputs: JSON.stringify(step.inputs),
    outputs: JSON.stringify(step.outputs.map(printableOutputs)),
    loop: null,
    detailedOutput: null,
  };
}

function printableOutputs(outputs: ActionOutputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, typeof value === "string" ? value : `${value.kept}… (the first of ${value.totalBytes} bytes; console.log has them all)`]),
  );
}

function times({ startTime, endTime }: { readonly startTime: number; readonly endTime: number }) {
  return { startTime: resultTime(startTime), endTime: resultTime(endTime) };
}
