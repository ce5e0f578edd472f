import type { Durability, Json } from "@imagewright/durability";
import type { StepActionOutputs } from "../actions/step-action.js";
import { isRunnableAction, type StepActionRegistry } from "../actions/step-action-registry.js";
import type { StepAction } from "../actions/step-action.js";
import type { CheckedWorkflow } from "../check/check-workflow.js";
import { workflowError } from "../errors.js";
import type { WorkflowStep } from "../syntax/workflow-document.js";
import type { WorkflowValues } from "../values/workflow-values.js";
import type { ExecutionLabels, WorkflowState } from "./workflow-state.js";
import type { WorkflowExecution } from "./workflow-execution.js";

/** What a run of one workflow is given. */
export interface WorkflowRunRequest extends ExecutionLabels {
  /** Checked without errors. */
  readonly workflow: CheckedWorkflow;
  readonly actions: StepActionRegistry;
  /** Where everything is recorded. A branch of its own, since keys are the names of steps. */
  readonly durability: Durability;
  /** Values of parameters in the form of the API: a list of texts for each name. */
  readonly parameters?: ReadonlyMap<string, readonly string[]> | undefined;
  /** The outputs of earlier workflows. */
  readonly workflowOutputs?: ReadonlyMap<string, Json> | undefined;
  /** The system variables by their names in the guide. */
  readonly variables?: Readonly<Record<string, Json | undefined>> | undefined;
  /** Receives the execution after each change; a continued run reports what has happened before once more. */
  readonly report?: ((execution: WorkflowExecution) => void) | undefined;
  /** Asked once, and recorded: if it answers no, no step runs, and the execution ends CANCELLED. */
  readonly mayStart?: (() => boolean) | undefined;
  /** Decides for some steps whether they run, in place of their `if`; undefined leaves it to that. For simulations. */
  readonly decideStep?: ((step: WorkflowStep) => boolean | undefined) | undefined;
  /** Which values are samples: inputs and conditions that rest on them are not judged by them. For simulations. */
  readonly isSample?: WorkflowValues["isSample"];
}

/** A run in progress. */
export interface WorkflowRun {
  readonly request: WorkflowRunRequest;
  readonly state: WorkflowState;
  readonly values: WorkflowValues & { readonly stepOutputs: Map<string, StepActionOutputs> };
}

/** The action of a step. Errors: action-not-runnable. */
export function actionOf(step: WorkflowStep, actions: StepActionRegistry): StepAction {
  const action = actions.get(step.action.text);
  if (action !== undefined && isRunnableAction(action)) return action;
  throw workflowError("action-not-runnable", { actions: [step.action.text] });
}

/** Refuses a workflow with actions that this program cannot run, before any step. Errors: action-not-runnable. */
export function assertRunnable({ steps }: CheckedWorkflow, actions: StepActionRegistry): void {
  const names = steps.map(({ action }) => action.text);
  const missing = [...new Set(names)].filter((name) => {
    const action = actions.get(name);
    return action === undefined || !isRunnableAction(action);
  });
  if (missing.length > 0) throw workflowError("action-not-runnable", { actions: missing });
}

/** How long a step may take. */
export function secondsFor(step: WorkflowStep, action: StepAction): number {
  return step.timeoutSeconds?.value ?? action.timeoutSeconds.default;
}
