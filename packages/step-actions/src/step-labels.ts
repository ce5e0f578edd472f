import type { StepCall } from "@imagewright/workflow-engine";

/** Which step it is. */
export type StepLabels = Pick<StepCall, "workflowExecutionId" | "workflowType" | "stepExecutionId" | "stepName">;

export function labelsOf({ workflowExecutionId, workflowType, stepExecutionId, stepName }: StepLabels): StepLabels {
  return { workflowExecutionId, workflowType, stepExecutionId, stepName };
}
