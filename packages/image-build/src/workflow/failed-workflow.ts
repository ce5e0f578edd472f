import { isImagewrightError } from "@imagewright/diagnostics";
import { readComponentsEnd } from "@imagewright/step-actions";
import { failureContextOf, workflowError, type WorkflowExecution } from "@imagewright/workflow-engine";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import type { FailureCauses } from "./failure-causes.js";
import type { FailedBuild } from "./outcome.js";
import { logFolderOf, type BuildParts } from "./parts.js";

const STAGE = { BUILD: "build", TEST: "test", DISTRIBUTION: "distribution" } as const;

/**
 * The outcome of a build whose workflow has failed. An operation that failed in a default workflow is thrown as it was: who uses those does
 * not know of their steps.
 */
export async function failedWorkflow(
  execution: WorkflowExecution,
  planned: Pick<PlannedWorkflow, "name" | "isDefault">,
  { parts, causes }: { readonly parts: BuildParts; readonly causes: FailureCauses },
): Promise<FailedBuild> {
  const { failure, type, message = "" } = execution;
  const cause = failure === undefined ? undefined : causes.of(failure.stepExecutionId);
  const isOperation = isImagewrightError(cause) && !cause.code.startsWith(`${workflowError.namespace}/`);
  if (isOperation && planned.isDefault) throw cause;
  const components = failure === undefined ? undefined : await readComponentsEnd(parts.folder, failure.stepExecutionId);
  const context = failureContextOf(execution);
  return {
    ...{ status: "failed", stage: STAGE[type], workflow: planned.name, message, hints: isOperation ? cause.hints : [] },
    ...(context !== undefined && { context }),
    ...{ failedSteps: components?.failedSteps ?? [], logFolder: logFolderOf(parts) },
  };
}
