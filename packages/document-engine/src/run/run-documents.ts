import type { ActionRegistry, HostPorts } from "@imagewright/action-contract";
import { selectPhases } from "../check/check-phases.js";
import { Scope } from "../references/scope.js";
import type { ComponentDocument, Phase } from "../syntax/document.js";
import type { RunEvent, UntimedEvent } from "./events.js";
import { combine, type DocumentResult, type PhaseResult, type RunResult, type StepResult } from "./result.js";
import { runStep } from "./run-step.js";

/** A document that has been checked, with the values of its parameters. */
export interface PreparedDocument {
  readonly document: ComponentDocument;
  readonly variables: ReadonlyMap<string, string>;
}

export interface RunRequest {
  readonly executionId: string;
  readonly documents: readonly PreparedDocument[];
  /** The phases to run, of each document in its own order; all where undefined. */
  readonly phases: readonly string[] | undefined;
  readonly registry: ActionRegistry;
  readonly host: HostPorts;
  /** Where relative paths of inputs start. Absolute. */
  readonly workingDirectory: string;
  /** A folder for the run's own files; whoever calls makes and removes it. Absolute. */
  readonly temporaryDirectory: string;
  /** The whole environment of commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborting it cancels the run: the running step is stopped and no other starts. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

/** What a step needs of its run. */
export interface RunSurroundings extends Omit<RunRequest, "onEvent"> {
  readonly emit: (event: UntimedEvent) => void;
}

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
    failureMessage: documents.find((document) => document.status === "failed")?.failureMessage ?? (cancelled ? "the run was cancelled" : ""),
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
  for (const phase of selectPhases(document, run.phases)) {
    if (isOver(phases.flatMap((done) => done.steps), run.signal)) break;
    phases.push(await runPhase(phase, filePath, scope, run));
  }
  const status = combine(phases);
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
  const status = combine(steps);
  run.emit({ type: "phase-finished", document, phase: name, status });
  const failed = steps.find((step) => step.status === "failed");
  return { name, status, failureMessage: failed === undefined ? "" : `Step ${failed.name} failed: ${failed.failureMessage}`, steps, startTime, endTime: run.host.clock.now() };
}

/** Whether no further step may start. */
function isOver(steps: readonly StepResult[], signal: AbortSignal): boolean {
  return signal.aborted || steps.some((step) => step.status === "failed" && step.onFailure === "Abort");
}

function stepsOf(document: DocumentResult): StepResult[] {
  return document.phases.flatMap((phase) => phase.steps);
}
