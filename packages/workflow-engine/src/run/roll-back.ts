import { describeCause } from "@imagewright/diagnostics";
import type { StepAction, StepActionOutputs } from "../actions/step-action.js";
import type { WorkflowStep } from "../syntax/workflow-document.js";
import { resolveScalar } from "../values/resolve-text.js";
import { cutMessage } from "./workflow-state.js";
import { rethrowInterruption } from "./run-step.js";
import { StepClock } from "./step-clock.js";
import { actionOf, type WorkflowRun } from "./workflow-run.js";

/** How the rollback of a workflow has ended: nothing had to be undone, all was, or something was not. */
export type RollbackEnd = "nothing" | "completed" | "failed";

/**
 * Undoes the steps that have run, from the last of them back to the first. A failed rollback does not keep the others from running.
 * Source: guide chapter 37, `onFailure` and `rollbackEnabled`.
 */
export async function rollBackSteps(run: WorkflowRun): Promise<RollbackEnd> {
  const { state, request } = run;
  const ran = request.workflow.steps.flatMap((step, index) => {
    const { inputs, rollbackStatus } = state.step(index);
    // a step without inputs has not begun: its condition or its inputs were at fault
    return inputs === undefined || isOver(rollbackStatus) ? [] : [{ step, index }];
  });
  const undone: boolean[] = [];
  for (const { step, index } of ran.reverse()) {
    const action = actionOf(step, request.actions);
    if (action.rollBack === undefined || !isEnabled(run, step)) {
      state.changeStep(index, { rollbackStatus: "SKIPPED" });
      continue;
    }
    if (undone.length === 0) state.change({ status: "ROLLBACK_IN_PROGRESS" });
    undone.push(await rollBackStep(run, step, index, action));
  }
  return undone.length === 0 ? "nothing" : undone.includes(false) ? "failed" : "completed";
}

function isOver(status: string | undefined): boolean {
  return status === "COMPLETED" || status === "SKIPPED" || status === "FAILED";
}

/** A reference that has no value enables it: nothing is left behind by mistake. */
function isEnabled({ values }: WorkflowRun, { rollbackEnabled }: WorkflowStep): boolean {
  if (typeof rollbackEnabled === "boolean") return rollbackEnabled;
  try {
    const value = resolveScalar(rollbackEnabled, values);
    return value !== false && !(typeof value === "string" && value.toLowerCase() === "false");
  } catch {
    return true;
  }
}

async function rollBackStep({ request, state }: WorkflowRun, step: WorkflowStep, index: number, action: StepAction): Promise<boolean> {
  const { durability } = request;
  const { stepExecutionId, status, inputs, outputs } = state.step(index);
  const { workflowExecutionId, type } = state.execution;
  const seconds = action.timeoutSeconds.default;
  state.changeStep(index, { rollbackStatus: "RUNNING" });
  const begin = await durability.now();
  try {
    await durability.branch(`roll back ${step.name.text}`, async (branch) =>
      action.rollBack?.({
        ...{ stepExecutionId, workflowExecutionId, stepName: step.name.text, workflowType: type },
        inputs: inputs === undefined ? {} : (JSON.parse(inputs) as StepActionOutputs),
        outputs: status === "COMPLETED" && outputs !== undefined ? (JSON.parse(outputs) as StepActionOutputs) : undefined,
        durability: new StepClock(branch, seconds, begin.getTime() + seconds * 1000),
      }),
    );
    state.changeStep(index, { rollbackStatus: "COMPLETED" });
    return true;
  } catch (thrown) {
    rethrowInterruption(thrown, durability);
    const reason = cutMessage([state.step(index).message, `rollback failed: ${describeCause(thrown)}`].filter(Boolean).join("; "));
    state.changeStep(index, { rollbackStatus: "FAILED", message: reason });
    return false;
  }
}
