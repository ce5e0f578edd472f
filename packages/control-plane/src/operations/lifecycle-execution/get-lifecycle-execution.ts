import { defineOperation } from "../../operation-definition.js";
import { findLifecycleExecution, lifecycleExecutionOf } from "./lifecycle-execution.js";

/** A run of a lifecycle policy, or of a change of the state of an image. Source: API model. */
export const getLifecycleExecution = defineOperation({
  name: "GetLifecycleExecution",
  run: async ({ lifecycleExecutionId: id }, context) => ({
    lifecycleExecution: lifecycleExecutionOf(await findLifecycleExecution(context, id)),
  }),
});
