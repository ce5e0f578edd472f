import type { ActionOutputs } from "@imagewright/action-contract";
import {
  chainsOf,
  type ComponentDocument,
  type DocumentResult,
  type LoopResult,
  type PhaseResult,
  type RunResult,
  type StepResult,
  type summaryOf,
} from "@imagewright/document-engine";
import { resultTime } from "./times.js";

/** The result that the agent prints at the end of a run; the keys are awstoe's, and `logUrl` is the log folder. */
export type RunSummary = ReturnType<typeof summaryOf>;

/** The content of chaining.json: the chaining expressions of each document and their targets. */
export function chaining(documents: readonly ComponentDocument[]) {
  return { documents: documents.map((document) => ({ filePath: document.source.name, expressions: chainsOf(document) })) };
}

/** The content of detailedoutput.json. Its form is schemas/detailedoutput.schema.json. */
export function detailedOutput(result: RunResult): object {
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
    loop: step.loop === undefined ? null : detailedLoop(step.loop),
    // the documents that ran inside the step
    detailedOutput: step.nested.length === 0 ? null : step.nested.map(detailedOutput),
    ...ownKeys(step),
  };
}

/** Fields that awstoe does not have. */
function ownKeys({ attempts, changed, condition }: StepResult) {
  return { attempts, changed: changed ?? null, condition: condition ?? null };
}

function detailedLoop({ written, iterations }: LoopResult) {
  return { ...(written as object), iterations };
}

function printableOutputs(outputs: ActionOutputs): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      typeof value !== "object" ? value : `${value.kept} (the first of ${value.totalBytes} bytes; console.log has them all)`,
    ]),
  );
}

function times({ startTime, endTime }: { readonly startTime: number; readonly endTime: number }) {
  return { startTime: resultTime(startTime), endTime: resultTime(endTime) };
}
