import { pageSizeOf } from "@imagewright/imagebuilder-model";
import { resourceNotFound } from "../../errors/api-errors.js";
import { positionIn, tokenAt } from "../../lists/page-position.js";
import { defineOperation, type CallContext } from "../../operation-definition.js";
import { findLifecycleExecution, lifecycleExecutionResourceOf, lifecycleStateOf } from "./lifecycle-execution.js";

/**
 * The images that a lifecycle execution has found, or what one of them has distributed, in the order in which they were found. Source: API
 * model, `ListLifecycleExecutionResourcesRequest.parentResourceId`.
 */
export const listLifecycleExecutionResources = defineOperation({
  name: "ListLifecycleExecutionResources",
  run: async (input, context) => {
    const execution = await findLifecycleExecution(context, input.lifecycleExecutionId);
    const { parentResourceId: parent = "" } = input;
    if (parent !== "") await assertParent(context, execution.id, parent);
    const position = positionIn<string>(context, input);
    const size = pageSizeOf(input);
    const rows = await context.database
      .selectFrom("lifecycle_execution_resource")
      .selectAll()
      .where("execution_id", "=", execution.id)
      .where("parent_id", "=", parent)
      .$if(position !== undefined, (query) => query.where("position", ">", position ?? ""))
      .orderBy("position")
      .limit(size + 1)
      .execute();
    const last = rows.length > size ? rows[size - 1] : undefined;
    return {
      ...{ lifecycleExecutionId: execution.id, lifecycleExecutionState: lifecycleStateOf(execution) },
      resources: rows.slice(0, size).map(lifecycleExecutionResourceOf),
      ...(last === undefined ? {} : { nextToken: tokenAt(context, input, last.position) }),
    };
  },
});

async function assertParent({ database }: CallContext, id: string, parent: string): Promise<void> {
  const found = await database
    .selectFrom("lifecycle_execution_resource")
    .select("resource_id")
    .where("execution_id", "=", id)
    .where("parent_id", "=", "")
    .where("resource_id", "=", parent)
    .executeTakeFirst();
  if (found === undefined) throw resourceNotFound("LifecycleExecutionResource", parent);
}
