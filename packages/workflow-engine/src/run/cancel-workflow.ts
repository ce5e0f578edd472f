import { workflowStates } from "@imagewright/imagebuilder-model";
import type { Json } from "@imagewright/durability";
import type { StepActionOutputs } from "../actions/step-action.js";
import { bindWorkflowParameters } from "../values/bind-parameters.js";
import { WorkflowState } from "./workflow-state.js";
import { rollBackSteps } from "./roll-back.js";
import type { WorkflowExecution } from "./workflow-execution.js";
import type { WorkflowRunRequest } from "./workflow-run.js";

/**
 * Ends an execution whose run was interrupted for good: the steps that have run are rolled back, the step in progress included, and the
 * execution ends CANCELLED. `execution` is what the run has reported last; `durability` is a branch of its own. It can be interrupted and
 * continued itself.
 */
export async function cancelWorkflow(execution: WorkflowExecution, request: WorkflowRunRequest): Promise<WorkflowExecution> {
  const { durability } = request;
  // a process that continues the clean-up may have seen less of the run
  const recorded = (await durability.step("cancelled execution", async () => execution as unknown as Json)) as unknown as WorkflowExecution;
  if (workflowStates.hasEnded(recorded.status)) return recorded;
  const state = new WorkflowState(recorded, (changed) => request.report?.(changed));
  state.cancelRest();
  await rollBackSteps({ request, state, values: valuesFrom(recorded, request) });
  state.change({ status: "CANCELLED", endTime: (await durability.now()).toISOString() });
  return state.execution;
}

function valuesFrom({ steps }: WorkflowExecution, request: WorkflowRunRequest) {
  const completed = steps.filter(({ status, outputs }) => status === "COMPLETED" && outputs !== undefined);
  return {
    parameters: bindWorkflowParameters(request.workflow, request.parameters ?? new Map()).values,
    stepOutputs: new Map(completed.map(({ name, outputs = "{}" }) => [name, JSON.parse(outputs) as StepActionOutputs])),
    workflowOutputs: request.workflowOutputs ?? new Map<string, Json>(),
    variables: request.variables ?? {},
  };
}
