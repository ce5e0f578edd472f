import { randomUUID } from "node:crypto";
import { quote } from "@imagewright/diagnostics";
import type { Json } from "@imagewright/durability";
import { workflowError, type StepFailureData } from "../errors.js";
import { bindWorkflowParameters } from "../values/bind-parameters.js";
import { resolveScalar } from "../values/resolve-text.js";
import { cutMessage, WorkflowState } from "./workflow-state.js";
import { rollBackSteps, type RollbackEnd } from "./roll-back.js";
import { runWorkflowStep } from "./run-step.js";
import type { WorkflowExecution } from "./workflow-execution.js";
import { assertRunnable, type WorkflowRun, type WorkflowRunRequest } from "./workflow-run.js";

/**
 * Runs a workflow, or continues a run that was interrupted, and returns how it ended. It does not reject for a failed step. It rejects with
 * the reason when the durability's signal is aborted; such an execution can be continued, or ended with `cancelWorkflow`.
 * Errors: action-not-runnable, parameters-not-valid; nothing has run then.
 */
export async function runWorkflow(request: WorkflowRunRequest): Promise<WorkflowExecution> {
  const { workflow, durability, mayStart } = request;
  assertRunnable(workflow, request.actions);
  const { values: parameters, faults } = bindWorkflowParameters(workflow, request.parameters ?? new Map());
  if (faults.length > 0) throw workflowError("parameters-not-valid", { faults });
  // no step has this name, since names have no blanks: those are keys in the same branch
  const { ids, starts } = await durability.step("new execution", async () => ({
    ids: { workflow: `wf-${randomUUID()}`, steps: workflow.steps.map(() => `step-${randomUUID()}`) },
    starts: mayStart?.() ?? true,
  }));
  const { parallelGroup, workflowBuildVersionArn } = request;
  const state = new WorkflowState(WorkflowState.pending(workflow, ids, { parallelGroup, workflowBuildVersionArn }), (execution) =>
    request.report?.(execution),
  );
  state.change({});
  if (!starts) {
    state.cancelRest();
    state.change({ status: "CANCELLED", message: "an earlier workflow failed" });
    return state.execution;
  }
  state.change({ status: "RUNNING", startTime: (await durability.now()).toISOString() });
  const values = {
    parameters,
    stepOutputs: new Map(),
    workflowOutputs: request.workflowOutputs ?? new Map(),
    variables: request.variables ?? {},
    isSample: request.isSample,
  };
  await runToEnd({ request, state, values });
  return state.execution;
}

async function runToEnd(run: WorkflowRun): Promise<void> {
  const { request, state } = run;
  for (const [index, step] of request.workflow.steps.entries()) {
    const failure = await runWorkflowStep(run, step, index);
    if (failure === undefined || step.onFailure === "Continue") continue;
    return endFailed(run, index, failure);
  }
  const endTime = (await request.durability.now()).toISOString();
  state.change({ status: "COMPLETED", outputs: outputsOf(run), endTime });
}

const STATUS_AFTER: Readonly<Record<RollbackEnd, WorkflowExecution["status"]>> = {
  nothing: "FAILED",
  completed: "ROLLBACK_COMPLETED",
  failed: "FAILED",
};

async function endFailed(run: WorkflowRun, index: number, failure: StepFailureData): Promise<void> {
  const { state, request } = run;
  const { stepExecutionId, name } = state.step(index);
  state.change({
    message: cutMessage(`step ${quote(name)} failed: ${failure.message}`),
    failure: { ...failure, stepExecutionId, failedStep: name },
  });
  state.cancelRest();
  const end = await rollBackSteps(run);
  state.change({ status: STATUS_AFTER[end], endTime: (await request.durability.now()).toISOString() });
}

/** An output whose step was skipped or has failed is left out. */
function outputsOf({ request, values }: WorkflowRun): Readonly<Record<string, Json>> {
  const outputs = request.workflow.outputs.flatMap(({ name, value }) => {
    try {
      return [[name.text, resolveScalar(value, values)] as const];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(outputs);
}
