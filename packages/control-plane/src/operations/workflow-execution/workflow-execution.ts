import type { Api } from "@imagewright/imagebuilder-model";
import type { WorkflowExecutionRow, WorkflowStepExecutionRow } from "../../database/execution-tables.js";
import { compact } from "../compact.js";

/** A workflow execution as the API shows it, but for its image. */
export function workflowExecutionOf(row: WorkflowExecutionRow) {
  return compact({
    ...{ workflowBuildVersionArn: row.workflow_arn, workflowExecutionId: row.id, type: row.type, status: row.status },
    message: row.message ?? undefined,
    ...{ totalStepCount: row.total_steps, totalStepsSucceeded: row.succeeded_steps },
    ...{ totalStepsFailed: row.failed_steps, totalStepsSkipped: row.skipped_steps },
    ...{ startTime: row.started_at?.toISOString(), endTime: row.ended_at?.toISOString() },
    parallelGroup: row.parallel_group ?? undefined,
  });
}

/** A step of a workflow execution as lists show it. */
export function stepExecutionOf(row: WorkflowStepExecutionRow): Api.WorkflowStepMetadata {
  return compact({
    ...{ stepExecutionId: row.id, name: row.name, description: row.description ?? undefined, action: row.action, status: row.status },
    ...{ rollbackStatus: row.rollback_status ?? undefined, message: row.message ?? undefined },
    ...{ inputs: row.inputs ?? undefined, outputs: row.outputs ?? undefined },
    ...{ startTime: row.started_at?.toISOString(), endTime: row.ended_at?.toISOString() },
    ...{ attemptNumber: row.attempt_number, maxAttempts: row.max_attempts },
  });
}
