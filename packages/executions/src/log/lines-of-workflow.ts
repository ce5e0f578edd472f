import { quote } from "@imagewright/diagnostics";
import { workflowStates, workflowStepStates } from "@imagewright/imagebuilder-model";
import type { StepExecution, WorkflowExecution } from "@imagewright/workflow-engine";
import { draftsOf, type LogDraft } from "./log-draft.js";

/**
 * What there is to say of the run of a workflow itself, from its beginning to where it is: of a later one it is the same and what follows.
 */
export function linesOfWorkflow(execution: WorkflowExecution, name: string): readonly LogDraft[] {
  const { workflowExecutionId, type, status, message, startTime, endTime } = execution;
  if (startTime === undefined) return [];
  const what = `workflow ${quote(name)} (${type})`;
  const place = { stream: "service", workflowExecutionId } as const;
  const begin = draftsOf(`${what} begins: ${workflowExecutionId}`, { ...place, at: new Date(startTime) });
  if (!workflowStates.hasEnded(status) || endTime === undefined) return begin;
  const end = `${what} is ${status} after ${secondsBetween(startTime, endTime)}${because(message)}`;
  return [...begin, ...draftsOf(end, { ...place, at: new Date(endTime) })];
}

/** The same of a step. What a command of RunCommand has printed is among its outputs. */
export function linesOfStep(
  { workflowExecutionId }: Pick<WorkflowExecution, "workflowExecutionId">,
  step: StepExecution,
): readonly LogDraft[] {
  const { name, action, status, message, startTime, endTime, rollbackStatus } = step;
  const hasEnded = workflowStepStates.hasEnded(status);
  if (startTime === undefined && (endTime === undefined || !hasEnded)) return [];
  const place = { stream: "service", workflowExecutionId, step: name } as const;
  const at = new Date(endTime ?? startTime ?? 0);
  const begin =
    startTime === undefined || status === "SKIPPED"
      ? []
      : draftsOf(`step ${name} (${action}) begins`, { ...place, at: new Date(startTime) });
  if (!hasEnded) return begin;
  const seconds = status === "SKIPPED" || startTime === undefined ? "" : ` after ${secondsBetween(startTime, endTime)}`;
  const ended = [
    ...begin,
    ...printedBy(step).flatMap((text) => draftsOf(text, { ...place, at, stream: "stdout" })),
    ...draftsOf(`step ${name} is ${status}${seconds}${because(message)}`, { ...place, at }),
  ];
  if (rollbackStatus !== "COMPLETED" && rollbackStatus !== "FAILED") return ended;
  return [...ended, ...draftsOf(`the rollback of step ${name} is ${rollbackStatus}`, { ...place, at })];
}

/** Source: guide chapter 38, RunCommand. */
function printedBy({ action, status, outputs }: StepExecution): readonly string[] {
  if (action !== "RunCommand" || status !== "COMPLETED" || outputs === undefined) return [];
  const { output } = JSON.parse(outputs) as { readonly output?: string | readonly string[] };
  return (typeof output === "string" ? [output] : (output ?? [])).filter((text) => text !== "");
}

function because(message: string | undefined): string {
  return message === undefined || message === "" ? "" : `: ${message}`;
}

function secondsBetween(start: string, end: string | undefined): string {
  return `${(Math.max(0, Date.parse(end ?? start) - Date.parse(start)) / 1000).toFixed(1)} s`;
}
