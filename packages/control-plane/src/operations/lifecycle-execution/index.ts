import { cancelLifecycleExecution } from "./cancel-lifecycle-execution.js";
import { getLifecycleExecution } from "./get-lifecycle-execution.js";
import { listLifecycleExecutionResources } from "./list-lifecycle-execution-resources.js";
import { listLifecycleExecutions } from "./list-lifecycle-executions.js";

export const lifecycleExecutionOperations = {
  CancelLifecycleExecution: cancelLifecycleExecution,
  GetLifecycleExecution: getLifecycleExecution,
  ListLifecycleExecutionResources: listLifecycleExecutionResources,
  ListLifecycleExecutions: listLifecycleExecutions,
};
