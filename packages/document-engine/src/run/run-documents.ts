import { stepsNotRunnable } from "../check/check-runnable.js";
import { engineError } from "../errors.js";
import type { EventBody } from "./events.js";
import { NO_JOURNAL, recordedTime } from "./journal.js";
import { identifyDocument, nestedRunner } from "./nested-document.js";
import type { Redactor } from "./redactor.js";
import { RestartSignal, type RunInterrupted } from "./restart.js";
import { combine, type DocumentResult, type RunResult } from "./result.js";
import { CANCELLED, isOver, runDocument, stepsOf } from "./run-document.js";
import type { PreparedDocument, RunRequest, EngineContext } from "./run-request.js";

/**
 * Runs the phases of each document, document by document. A step that fails with `onFailure: Abort` ends the whole run. Failures of steps
 * are in the result; it rejects only before anything begins, if the registry has only the contract of an action. If a step asks for a
 * restart of the machine, the same request with the same journal continues the run afterwards.
 */
export async function runDocuments(request: RunRequest): Promise<RunResult | RunInterrupted> {
  refuseUnrunnable(request);
  const run = contextOf(request);
  if (request.resumed === true) run.emit({ type: "run-resumed", executionId: request.executionId });
  else
    run.emit({
      type: "run-started",
      executionId: request.executionId,
      documents: request.documents.map(({ document }) => document.source.name),
    });
  try {
    const result = await runPrepared(request.documents, request.executionId, run);
    run.emit({ type: "run-finished", executionId: request.executionId, status: result.status, cancelled: result.cancelled });
    return result;
  } catch (thrown) {
    if (!(thrown instanceof RestartSignal)) throw thrown;
    return { status: "restart", executionId: request.executionId, place: thrown.place, delaySeconds: thrown.reboot.delaySeconds };
  }
}

function refuseUnrunnable({ documents, phases, registry, host }: RunRequest): void {
  const steps = documents.flatMap(({ document }) => stepsNotRunnable(document, phases, registry, host.platform));
  const actions = [...new Set(steps.map(({ action }) => action.text))];
  if (actions.length > 0) throw engineError("action-not-runnable", { actions, platform: host.platform });
}

function contextOf(request: RunRequest): EngineContext {
  const { onEvent, journal = NO_JOURNAL, redactor } = request;
  const { clock } = request.host;
  // redaction keeps the shape of its input
  const redact = <Value>(value: Value): Value => (redactor === undefined ? value : (redactor.value(value) as Value));
  return {
    ...request,
    journal,
    path: "",
    isQuiet: false,
    ancestors: [],
    keepSecret: (value, name) => keepSecret(redactor, value, name),
    redact,
    emit: (event, nesting = { depth: 0 }) => onEvent({ time: clock.now(), ...nesting, ...redactEvent(event, redact) }),
    runNested: nestedRunner(runPrepared),
  };
}

/** Output and results have been redacted where they were made; the path of a nested document may have a secret in it. */
function redactEvent(event: EventBody, redact: EngineContext["redact"]): EventBody {
  if (event.type !== "step-output" && event.type !== "step-finished" && event.type !== "step-recalled") return redact(event);
  const { document, phase, step, key } = event;
  const place = { document, phase, step, key };
  const redacted = redact(place);
  return redacted === place ? event : { ...event, ...redacted };
}

function keepSecret(redactor: Redactor | undefined, value: string, name: string): void {
  if (redactor?.add(value, name).masked === false && value.trim() !== "") throw engineError("secret-not-maskable", { name });
}

async function runPrepared(prepared: readonly PreparedDocument[], executionId: string, run: EngineContext): Promise<RunResult> {
  const startTime = recordedTime("start", `${run.path}run`, run);
  const documents: DocumentResult[] = [];
  for (const [index, one] of prepared.entries()) {
    if (isOver(documents.flatMap(stepsOf), run.signal)) break;
    const ancestors = run.ancestors.length > 0 ? run.ancestors : [await identifyDocument(one.document.source.name, run)];
    documents.push(await runDocument(one, { ...run, ancestors, path: `${run.path}${index}/` }));
  }
  const steps = documents.flatMap(stepsOf);
  const cancelled = run.signal.aborted;
  return {
    executionId,
    status: cancelled ? "failed" : combine(documents),
    cancelled,
    failureMessage: cancelled ? CANCELLED : (documents.find((document) => document.status === "failed")?.failureMessage ?? ""),
    documents,
    executedStepCount: steps.filter((step) => step.status !== "skipped").length,
    failedStepCount: steps.filter((step) => step.status === "failed").length,
    ignoredFailedStepCount: steps.filter((step) => step.status === "ignoredFailure").length,
    startTime,
    endTime: recordedTime("end", `${run.path}run`, run),
  };
}
