import {
  rollbackStates,
  workflowStates,
  workflowStepStates,
  type WorkflowExecutionStatus,
  type WorkflowStepExecutionStatus,
  type WorkflowStepRollbackStatus,
} from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import type { Recording } from "../executions/store-event.js";
import { addStepExecution, changeRollbackState, changeStepState, type NewStepExecution } from "../executions/step-executions.js";
import { addWorkflowExecution, changeWorkflowState, type NewWorkflowExecution } from "../executions/workflow-executions.js";

/** How far the run of a workflow has come: where something has changed since it was last recorded, or might have. */
export interface WorkflowProgress extends NewWorkflowExecution {
  readonly id: string;
  readonly status: WorkflowExecutionStatus;
  readonly message?: string | undefined;
  /** In the order of the document. All of them the first time, later those that have changed. */
  readonly steps: readonly StepProgress[];
}

export interface StepProgress extends NewStepExecution {
  readonly id: string;
  readonly status: WorkflowStepExecutionStatus;
  readonly rollbackStatus?: WorkflowStepRollbackStatus | undefined;
  readonly message?: string | undefined;
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Records the run of a workflow as far as it has come. A process that continues a run reports it from its beginning, or only its end: what
 * is behind what was recorded before changes nothing, and states that were passed through meanwhile are recorded, too.
 */
export async function recordProgress(recording: Recording, image: ResourceRow, progress: WorkflowProgress): Promise<void> {
  const { database } = recording;
  const { id, status, message, steps, ...workflow } = progress;
  await addWorkflowExecution(recording, image.arn, { id, ...workflow });
  for (const step of steps) await addStepExecution(recording, id, step);
  const recorded = await database.selectFrom("workflow_execution").select("status").where("id", "=", id).executeTakeFirstOrThrow();
  const passed = workflowStates.path(recorded.status, status);
  // steps run only in a workflow that does, and end before it
  if (passed[0] === "RUNNING") await changeWorkflowState(recording, id, { to: "RUNNING" });
  for (const step of steps) await recordStep(recording, step);
  for (const to of passed.filter((state) => state !== "RUNNING")) await changeWorkflowState(recording, id, { to, message });
}

async function recordStep(recording: Recording, { id, status, rollbackStatus, message, inputs, outputs }: StepProgress): Promise<void> {
  const recorded = await recording.database
    .selectFrom("workflow_step_execution")
    .select(["status", "inputs", "rollback_status"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const hasInputs = status === recorded.status && inputs !== undefined && recorded.inputs === null;
  for (const to of hasInputs ? [status] : workflowStepStates.path(recorded.status, status))
    await changeStepState(recording, id, { to, inputs, ...(to === status && { message, outputs }) });
  const before = recorded.rollback_status;
  if (rollbackStatus === undefined || rollbackStatus === before) return;
  const begun = before ?? (rollbackStatus === "SKIPPED" ? "SKIPPED" : "RUNNING");
  if (before === null) await changeRollbackState(recording, id, { to: begun });
  for (const to of rollbackStates.path(begun, rollbackStatus)) await changeRollbackState(recording, id, { to });
}
