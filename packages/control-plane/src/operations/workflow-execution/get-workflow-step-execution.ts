import { defineOperation } from "../../operation-definition.js";
import { findStepExecution } from "./find-execution.js";
import { stepExecutionOf } from "./workflow-execution.js";

/** A step of a workflow that runs, or has run, for an image. Source: API model. */
export const getWorkflowStepExecution = defineOperation({
  name: "GetWorkflowStepExecution",
  run: async ({ stepExecutionId }, context) => {
    const row = await findStepExecution(context, stepExecutionId);
    return {
      ...stepExecutionOf(row),
      ...{ workflowExecutionId: row.execution_id, workflowBuildVersionArn: row.workflow_arn, imageBuildVersionArn: row.image_arn },
      ...{ onFailure: row.on_failure, timeoutSeconds: row.timeout_seconds },
    };
  },
});
