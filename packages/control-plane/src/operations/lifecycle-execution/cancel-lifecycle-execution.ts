import { ApiError, lifecycleStates } from "@imagewright/imagebuilder-model";
import { cancelLifecycle, lockLifecycleExecution } from "../../lifecycles/lifecycle-executions.js";
import { defineOperation } from "../../operation-definition.js";
import { findLifecycleExecution } from "./lifecycle-execution.js";

/**
 * Cancels a lifecycle execution: at once if nothing runs it yet; otherwise it is CANCELLING until whoever runs it has stopped. What it has
 * done stays. Source: API model.
 */
export const cancelLifecycleExecution = defineOperation({
  name: "CancelLifecycleExecution",
  run: async (input, context) => {
    const { id } = await findLifecycleExecution(context, input.lifecycleExecutionId);
    const execution = await lockLifecycleExecution(context.database, id);
    if (lifecycleStates.hasEnded(execution.status))
      throw new ApiError("InvalidRequestException", `The lifecycle execution '${id}' has ended: it is ${execution.status}.`);
    if (execution.status !== "CANCELLING") await cancelLifecycle(context, execution, "CancelLifecycleExecution was called.");
    return { lifecycleExecutionId: id };
  },
});
