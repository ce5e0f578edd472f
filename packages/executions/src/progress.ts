import type { ImageRunRecord, StepProgress, WorkflowProgress } from "@imagewright/control-plane";
import { openPlannedWorkflow, type PlannedWorkflow } from "@imagewright/image-build";
import type { ImageStatus } from "@imagewright/imagebuilder-model";
import { stepActionContracts } from "@imagewright/step-actions";
import type { StepExecution, WorkflowExecution, WorkflowType } from "@imagewright/workflow-engine";
import type { OrderedWrites } from "./ordered-writes.js";

const STAGE: Readonly<Record<WorkflowType, ImageStatus>> = { BUILD: "BUILDING", TEST: "TESTING", DISTRIBUTION: "DISTRIBUTING" };

// a workflow that is not to begin is cancelled at once
const NOT_BEGUN: readonly (WorkflowExecution["status"] | undefined)[] = [undefined, "PENDING", "CANCELLED"];

/** Records what happens to the workflows of an image: its stages, its workflows and steps, who waits for an answer. */
export class ImageProgress {
  /** What was recorded last, by the ids of workflow executions. */
  readonly #before = new Map<string, WorkflowExecution>();
  readonly #settings = new Map<string, readonly StepSettings[]>();
  #failed: WorkflowExecution | undefined;

  constructor(
    private readonly record: ImageRunRecord,
    private readonly writes: OrderedWrites,
  ) {}

  /** The last run of a workflow that has failed. */
  get failed(): WorkflowExecution | undefined {
    return this.#failed;
  }

  readonly take = (execution: WorkflowExecution, workflow: PlannedWorkflow): void => {
    const { workflowExecutionId: id, type, status, failure } = execution;
    const before = this.#before.get(id);
    if (before === execution) return;
    this.#before.set(id, execution);
    if (failure !== undefined) this.#failed = execution;
    const settings = this.#settingsOf(id, workflow);
    const changed = execution.steps.flatMap((step, index) =>
      step === before?.steps[index] ? [] : [toStepProgress(step, settings[index] as StepSettings)],
    );
    const progress = toWorkflowProgress(execution, workflow, changed);
    if (NOT_BEGUN.includes(before?.status) && !NOT_BEGUN.includes(status)) this.writes.add(() => this.record.reach(STAGE[type]));
    this.writes.add(() => this.record.progress(progress));
    for (const step of changed)
      if (step.action === "WaitForAction" && step.status === "RUNNING") this.writes.add(() => this.record.waitForAnswer(step.id));
  };

  #settingsOf(id: string, planned: PlannedWorkflow): readonly StepSettings[] {
    const known = this.#settings.get(id) ?? settingsOf(planned);
    this.#settings.set(id, known);
    return known;
  }
}

/** What the document says of a step, and its run does not. */
type StepSettings = Pick<StepProgress, "onFailure" | "timeoutSeconds">;

function settingsOf(planned: PlannedWorkflow): readonly StepSettings[] {
  return openPlannedWorkflow(planned).workflow.steps.map(({ action, onFailure, timeoutSeconds }) => ({
    onFailure,
    timeoutSeconds: timeoutSeconds?.value ?? stepActionContracts.get(action.text)?.timeoutSeconds.default ?? 0,
  }));
}

function toWorkflowProgress(execution: WorkflowExecution, { path }: PlannedWorkflow, steps: readonly StepProgress[]): WorkflowProgress {
  const { workflowExecutionId: id, type, status, message, totalStepCount, parallelGroup } = execution;
  return {
    ...{ id, workflowBuildVersionArn: path, type, status, message, totalStepCount, steps },
    ...(parallelGroup !== undefined && { parallelGroup }),
  };
}

function toStepProgress(step: StepExecution, settings: StepSettings): StepProgress {
  const { stepExecutionId: id, name, action, description, status, rollbackStatus, message, inputs, outputs, maxAttempts } = step;
  return {
    ...{ id, name, action, status, rollbackStatus, message, maxAttempts, ...settings },
    ...(description !== undefined && { description }),
    ...{ inputs: inputs === undefined ? undefined : parse(inputs), outputs: outputs === undefined ? undefined : parse(outputs) },
  };
}

/** The outputs of a failed step are its message. */
function parse(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(json) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
