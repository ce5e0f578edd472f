import { checkCondition, evaluateWorkflowCondition, WORKFLOW_CONDITIONS } from "@imagewright/conditions";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import type { Durability } from "@imagewright/durability";
import { checkPlain } from "@imagewright/yaml-syntax";
import type { StepAction, StepCall, StepActionOutputs } from "../actions/step-action.js";
import { workflowError, type StepFailureData } from "../errors.js";
import type { WorkflowStep } from "../syntax/workflow-document.js";
import { resolveCondition, resolveInputs, restsOnSamples } from "../values/resolve-text.js";
import { cutMessage } from "./workflow-state.js";
import { StepClock } from "./step-clock.js";
import { actionOf, secondsFor, type WorkflowRun } from "./workflow-run.js";

/** Runs one step to its end. Returns why it failed; undefined if it completed or was skipped. */
export async function runWorkflowStep(run: WorkflowRun, step: WorkflowStep, index: number): Promise<StepFailureData | undefined> {
  const { request, state, values } = run;
  const { durability } = request;
  const startTime = await durability.now();
  try {
    const skipped = await reasonToSkip(run, step);
    if (skipped !== undefined) {
      state.changeStep(index, { status: "SKIPPED", message: cutMessage(skipped) });
      return undefined;
    }
    state.changeStep(index, { status: "RUNNING", startTime: startTime.toISOString() });
    const action = actionOf(step, request.actions);
    const inputs = validInputs(resolveInputs(step.inputs, values), action, restsOnSamples(step.inputs, values));
    state.changeStep(index, { inputs: JSON.stringify(inputs) });
    const outputs = await perform(run, step, { index, action, inputs, startTime });
    values.stepOutputs.set(step.name.text, outputs);
    const endTime = (await durability.now()).toISOString();
    state.changeStep(index, { status: "COMPLETED", outputs: JSON.stringify(outputs), endTime });
    return undefined;
  } catch (thrown) {
    rethrowInterruption(thrown, durability);
    const failure = failureOf(thrown);
    const message = cutMessage(failure.message);
    const endTime = (await durability.now()).toISOString();
    // one whose condition cannot be evaluated has not been running yet
    if (state.step(index).status === "PENDING") state.changeStep(index, { status: "RUNNING", startTime: startTime.toISOString() });
    state.changeStep(index, { status: "FAILED", message, outputs: message, endTime });
    return failure;
  }
}

/** An interrupted execution is no failed step: it can be continued. Throws what was thrown then. */
export function rethrowInterruption(thrown: unknown, { signal }: Durability): void {
  signal.throwIfAborted();
  if (isImagewrightError(thrown) && thrown.code.startsWith("durability/")) throw thrown;
}

async function reasonToSkip({ request, values }: WorkflowRun, step: WorkflowStep): Promise<string | undefined> {
  const decided = request.decideStep?.(step);
  if (decided !== undefined) return decided ? undefined : "the step was chosen to be skipped";
  if (step.condition === undefined) return undefined;
  const condition = resolveCondition(step.condition, values);
  if (restsOnSamples(step.condition, values) && checkCondition(condition, { language: WORKFLOW_CONDITIONS }).length > 0)
    return "the condition rests on a value that is not known";
  const { value, explanation } = await evaluateWorkflowCondition(condition, request.durability.signal);
  return value ? undefined : explanation;
}

/** The inputs with the types and defaults of the schema. Errors: inputs-not-valid, unless they rest on samples. */
function validInputs(resolved: StepCall["inputs"], { name, input }: StepAction, areSamples: boolean): StepCall["inputs"] {
  const { value, faults } = checkPlain(resolved, input, `the inputs of ${name}`);
  if (faults.length > 0 && !areSamples) throw workflowError("inputs-not-valid", { faults });
  return value as StepCall["inputs"];
}

interface StepToPerform {
  readonly index: number;
  readonly action: StepAction;
  readonly inputs: StepCall["inputs"];
  readonly startTime: Date;
}

function perform({ request, state }: WorkflowRun, step: WorkflowStep, { index, action, inputs, startTime }: StepToPerform) {
  const seconds = secondsFor(step, action);
  const { stepExecutionId } = state.step(index);
  const { workflowExecutionId, type } = state.execution;
  return request.durability.branch<StepActionOutputs>(step.name.text, (branch) =>
    action.run({
      ...{ inputs, stepExecutionId, workflowExecutionId, stepName: step.name.text, workflowType: type },
      durability: new StepClock(branch, seconds, startTime.getTime() + seconds * 1000),
    }),
  );
}

function failureOf(thrown: unknown): StepFailureData {
  const message = describeCause(thrown);
  return isImagewrightError(thrown, "workflow-engine/step-failed") ? { ...(thrown.data as StepFailureData), message } : { message };
}
