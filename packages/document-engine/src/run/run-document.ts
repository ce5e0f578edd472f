import { selectPhases } from "../check/check-phases.js";
import { Scope } from "../references/scope.js";
import { StoredValues } from "../references/stored-values.js";
import type { Phase } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { recordedTime } from "./journal.js";
import { combine, type DocumentResult, type PhaseResult, type StepResult } from "./result.js";
import type { PreparedDocument, EngineContext } from "./run-request.js";
import { runStep } from "./run-step.js";

export const CANCELLED = "the run was cancelled";

/** Runs the phases of one document. */
export async function runDocument({ document, variables }: PreparedDocument, run: EngineContext): Promise<DocumentResult> {
  const filePath = document.source.name;
  const startTime = recordedTime("start", run.path, run);
  run.emit({ type: "document-started", document: filePath, key: run.path });
  const stored = new StoredValues(variables, run.parameterStore, (name, value) => run.keepSecret(value, name));
  const scope = new Scope(new StepIndex(document), variables, stored);
  const phases: PhaseResult[] = [];
  const selected = selectPhases(document, run.phases);
  for (const phase of selected) {
    if (
      isOver(
        phases.flatMap((done) => done.steps),
        run.signal,
      )
    )
      break;
    phases.push(await runPhase(phase, filePath, scope, run));
  }
  const status = phases.length < selected.length ? "failed" : combine(phases);
  run.emit({ type: "document-finished", document: filePath, key: run.path, status });
  return {
    name: document.name ?? "",
    filePath,
    description: document.description ?? "",
    status,
    failureMessage: status === "failed" ? `Document ${filePath} failed!` : "",
    phases,
    startTime,
    endTime: recordedTime("end", run.path, run),
  };
}

async function runPhase(phase: Phase, document: string, scope: Scope, run: EngineContext): Promise<PhaseResult> {
  const name = phase.name.text;
  const part = `${run.path}${name}`;
  const startTime = recordedTime("start", part, run);
  run.emit({ type: "phase-started", document, phase: name, key: part, steps: phase.steps.length });
  const steps: StepResult[] = [];
  for (const step of phase.steps) {
    if (isOver(steps, run.signal)) break;
    const place = { document, phase: name, step: step.name.text, key: `${part}/${step.name.text}` };
    const result = await runStep(step, place, scope, run);
    steps.push(result);
    await run.afterStep?.(place, result);
  }
  const status = steps.length < phase.steps.length ? "failed" : combine(steps);
  run.emit({ type: "phase-finished", document, phase: name, key: part, status });
  return {
    name,
    status,
    failureMessage: status === "failed" ? describeFailure(steps) : "",
    steps,
    startTime,
    endTime: recordedTime("end", part, run),
  };
}

function describeFailure(steps: readonly StepResult[]): string {
  const failed = steps.find((step) => step.status === "failed");
  return failed === undefined ? CANCELLED : `Step ${failed.name} failed: ${failed.failureMessage}`;
}

/** Whether no further step may start; unfinished work then counts as failed. */
export function isOver(steps: readonly StepResult[], signal: AbortSignal): boolean {
  const last = steps.at(-1);
  return signal.aborted || (last?.status === "failed" && last.onFailure === "Abort");
}

export function stepsOf(document: DocumentResult): StepResult[] {
  return document.phases.flatMap((phase) => phase.steps);
}
