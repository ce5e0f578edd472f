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
 * Records the run of a workflow as far as it has come. A process that continues a run reports it from its beginning: what is behind what was
 * recorded before changes nothing.
 */
export async function recordProgress(recording: Recording, image: ResourceRow, progress: WorkflowProgress): Promise<void> {
  const { database } = recording;
  const { id, status, message, steps, ...workflow } = progress;
  await addWorkflowExecution(recording, image.arn, { id, ...workflow });
  for (const step of steps) await addStepExecution(recording, id, step);
  const recorded = await database.selectFrom("workflow_execution").select("status").where("id", "=", id).executeTakeFirstOrThrow();
  // steps run only in a workflow that does, and end before it
  if (status === "RUNNING" && recorded.status === "PENDING") await changeWorkflowState(recording, id, { to: status });
  for (const step of steps) await recordStep(recording, step);
  if (status !== recorded.status && workflowStates.canBecome(recorded.status, status))
    await changeWorkflowState(recording, id, { to: status, message });
}

async function recordStep(recording: Recording, { id, status, rollbackStatus, message, inputs, outputs }: StepProgress): Promise<void> {
  const recorded = await recording.database
    .selectFrom("workflow_step_execution")
    .select(["status", "inputs", "rollback_status"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const isNext = workflowStepStates.canBecome(recorded.status, status);
  if (isNext || (status === recorded.status && inputs !== undefined && recorded.inputs === null))
    await changeStepState(recording, id, { to: status, message, inputs, outputs });
  const before = recorded.rollback_status;
  if (rollbackStatus === undefined || rollbackStatus === before) return;
  const follows = before === null ? rollbackStates.initial.includes(rollbackStatus) : rollbackStates.canBecome(before, rollbackStatus);
  if (follows) await changeRollbackState(recording, id, { to: rollbackStatus });
}
