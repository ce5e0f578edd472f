import { selectPhases } from "../check/check-phases.js";
import { Scope } from "../references/scope.js";
import type { Phase } from "../syntax/document.js";
import { combine, type DocumentResult, type PhaseResult, type RunResult, type StepResult } from "./result.js";
import type { PreparedDocument, RunRequest, RunSurroundings } from "./run-request.js";
import { runStep } from "./run-step.js";

const CANCELLED = "the run was cancelled";

/**
 * Runs the phases of each document, document after document. A step that fails with `onFailure: Abort` ends the whole run.
 * Never rejects for what a document does; that is in the result.
 */
export async function runDocuments(request: RunRequest): Promise<RunResult> {
  const { clock } = request.host;
  const run: RunSurroundings = { ...request, emit: (event) => request.onEvent({ time: clock.now(), ...event }) };
  const startTime = clock.now();
  run.emit({ type: "run-started", executionId: request.executionId, documents: request.documents.map(({ document }) => document.source.name) });
  const documents: DocumentResult[] = [];
  for (const prepared of request.documents) {
    if (isOver(documents.flatMap(stepsOf), request.signal)) break;
    documents.push(await runDocument(prepared, run));
  }
  const steps = documents.flatMap(stepsOf);
  const cancelled = request.signal.aborted;
  const status = cancelled ? "failed" : combine(documents);
  run.emit({ type: "run-finished", executionId: request.executionId, status, cancelled });
  return {
    executionId: request.executionId,
    status,
    cancelled,
    failureMessage: cancelled ? CANCELLED : (documents.find((document) => document.status === "failed")?.failureMessage ?? ""),
    documents,
    executedStepCount: steps.length,
    failedStepCount: steps.filter((step) => step.status === "failed").length,
    ignoredFailedStepCount: steps.filter((step) => step.status === "ignoredFailure").length,
    startTime,
    endTime: clock.now(),
  };
}

async function runDocument({ document, variables }: PreparedDocument, run: RunSurroundings): Promise<DocumentResult> {
  const filePath = document.source.name;
  const startTime = run.host.clock.now();
  run.emit({ type: "document-started", document: filePath });
  const scope = new Scope(document, variables);
  const phases: PhaseResult[] = [];
  const selected = selectPhases(document, run.phases);
  for (const phase of selected) {
    if (isOver(phases.flatMap((done) => done.steps), run.signal)) break;
    phases.push(await runPhase(phase, filePath, scope, run));
  }
  const status = phases.length < selected.length ? "failed" : combine(phases);
  run.emit({ type: "document-finished", document: filePath, status });
  return {
    name: document.name ?? "",
    filePath,
    description: document.description ?? "",
    status,
    failureMessage: status === "failed" ? `Document ${filePath} failed!` : "",
    phases,
    startTime,
    endTime: run.host.clock.now(),
  };
}

async function runPhase(phase: Phase, document: string, scope: Scope, run: RunSurroundings): Promise<PhaseResult> {
  const name = phase.name.text;
  const startTime = run.host.clock.now();
  run.emit({ type: "phase-started", document, phase: name, steps: phase.steps.length });
  const steps: StepResult[] = [];
  for (const step of phase.steps) {
    if (isOver(steps, run.signal)) break;
    steps.push(await runStep(step, { document, phase: name, step: step.name.text }, scope, run));
  }
  const status = steps.length < phase.steps.length ? "failed" : combine(steps);
  run.emit({ type: "phase-finished", document, phase: name, status });
  return { name, status, failureMessage: status === "failed" ? describeFailure(steps) : "", steps, startTime, endTime: run.host.clock.now() };
}

function describeFailure(steps: readonly StepResult[]): string {
  const failed = steps.find((step) => step.status === "failed");
  return failed === undefined ? CANCELLED : `Step ${failed.name} failed: ${failed.failureMessage}`;
}

/** Whether no further step may start; what is left undone then counts as failed. */
function isOver(steps: readonly StepResult[], signal: AbortSignal): boolean {
  return signal.aborted || steps.some((step) => step.status === "failed" && step.onFailure === "Abort");
}

function stepsOf(document: DocumentResult): StepResult[] {
  return document.phases.flatMap((phase) => phase.steps);
}
