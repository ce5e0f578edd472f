import type { WorkflowExecutionRow, WorkflowStepExecutionRow } from "../../database/execution-tables.js";
import { resourceNotFound } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";

/** A workflow execution of the caller's account, and the ARN of its image. Throws ResourceNotFoundException. */
export async function findExecution(context: CallContext, id: string): Promise<WorkflowExecutionRow & { readonly image_arn: string }> {
  const row = await executionsOf(context).selectAll("workflow_execution").where("workflow_execution.id", "=", id).executeTakeFirst();
  if (row === undefined) throw resourceNotFound("WorkflowExecution", id);
  return row;
}

/** A step of a workflow execution of the caller's account, and what it belongs to. Throws ResourceNotFoundException. */
export async function findStepExecution(
  context: CallContext,
  id: string,
): Promise<WorkflowStepExecutionRow & { readonly image_arn: string; readonly workflow_arn: string }> {
  const row = await executionsOf(context)
    .innerJoin("workflow_step_execution", "workflow_step_execution.execution_id", "workflow_execution.id")
    .selectAll("workflow_step_execution")
    .select("workflow_execution.workflow_arn")
    .where("workflow_step_execution.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw resourceNotFound("WorkflowStepExecution", id);
  return row;
}

function executionsOf({ database, caller }: CallContext) {
  return database
    .selectFrom("workflow_execution")
    .innerJoin("resource as image", "image.id", "workflow_execution.image_id")
    .select("image.arn as image_arn")
    .where("image.region", "=", caller.region)
    .where("image.owner", "=", caller.account);
}
