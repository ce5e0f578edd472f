import { defineOperation } from "../../operation-definition.js";
import { findExecution } from "./find-execution.js";
import { workflowExecutionOf } from "./workflow-execution.js";

/** A workflow that runs, or has run, for an image. Source: API model. */
export const getWorkflowExecution = defineOperation({
  name: "GetWorkflowExecution",
  run: async ({ workflowExecutionId }, context) => {
    const row = await findExecution(context, workflowExecutionId);
    return { ...workflowExecutionOf(row), imageBuildVersionArn: row.image_arn };
  },
});
