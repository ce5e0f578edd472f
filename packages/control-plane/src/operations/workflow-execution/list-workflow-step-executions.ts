import { positionIn } from "../../lists/page-position.js";
import { pageOf, rowsToFetch } from "../../lists/pages.js";
import { defineOperation } from "../../operation-definition.js";
import { findExecution } from "./find-execution.js";
import { stepExecutionOf } from "./workflow-execution.js";

/** The steps of a workflow execution, in their order. Source: API model. */
export const listWorkflowStepExecutions = defineOperation({
  name: "ListWorkflowStepExecutions",
  run: async (input, context) => {
    const start = positionIn<string>(context, input) ?? "0";
    const execution = await findExecution(context, input.workflowExecutionId);
    const found = await context.database
      .selectFrom("workflow_step_execution")
      .selectAll()
      .where("execution_id", "=", execution.id)
      .where("position", ">", start)
      .orderBy("position")
      .limit(rowsToFetch(input))
      .execute();
    const { rows, ...page } = pageOf(context, input, found, ({ position }) => position);
    return {
      ...page,
      steps: rows.map(stepExecutionOf),
      workflowBuildVersionArn: execution.workflow_arn,
      workflowExecutionId: execution.id,
      imageBuildVersionArn: execution.image_arn,
      ...(execution.message !== null && { message: execution.message }),
    };
  },
});
