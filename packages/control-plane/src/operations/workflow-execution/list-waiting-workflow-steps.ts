import { sql, type SqlBool } from "kysely";
import { positionIn } from "../../lists/page-position.js";
import { pageOf, rowsToFetch } from "../../lists/pages.js";
import { defineOperation } from "../../operation-definition.js";
import { compact } from "../compact.js";

/** The steps of the account that wait for SendWorkflowStepAction, in the order in which they were added. Source: API model. */
export const listWaitingWorkflowSteps = defineOperation({
  name: "ListWaitingWorkflowSteps",
  run: async (input, context) => {
    const { caller, database } = context;
    const found = await database
      .selectFrom("workflow_step_execution as step")
      .innerJoin("workflow_execution as execution", "execution.id", "step.execution_id")
      .innerJoin("resource as image", "image.id", "execution.image_id")
      .select(["step.id", "step.position", "step.execution_id", "step.name", "step.action", "step.started_at"])
      .select(["execution.workflow_arn", "image.arn as image_arn"])
      .where("step.region", "=", caller.region)
      .where("step.owner", "=", caller.account)
      .where(sql<SqlBool>`step.waiting`)
      .where("step.position", ">", positionIn<string>(context, input) ?? "0")
      .orderBy("step.position")
      .limit(rowsToFetch(input))
      .execute();
    const { rows, ...page } = pageOf(context, input, found, ({ position }) => position);
    return {
      ...page,
      steps: rows.map(({ id, image_arn, execution_id, workflow_arn, name, action, started_at }) =>
        compact({
          ...{ stepExecutionId: id, imageBuildVersionArn: image_arn, workflowExecutionId: execution_id },
          ...{ workflowBuildVersionArn: workflow_arn, name, action, startTime: started_at?.toISOString() },
        }),
      ),
    };
  },
});
