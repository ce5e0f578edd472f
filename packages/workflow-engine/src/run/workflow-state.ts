import type { CheckedWorkflow } from "../check/check-workflow.js";
import type { StepExecution, WorkflowExecution } from "./workflow-execution.js";

/** Ids of an execution and of its steps, in order. */
export interface ExecutionIds {
  readonly workflow: string;
  readonly steps: readonly string[];
}

/** What is known of an execution from outside. */
export type ExecutionLabels = Pick<WorkflowExecution, "parallelGroup" | "workflowBuildVersionArn">;

// as in the API model, WorkflowStepMessage and WorkflowExecutionMessage
const LONGEST_MESSAGE = 500;

/** A message as the API takes it: cut at 500 characters. */
export function cutMessage(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** An execution in progress. Each change makes a new value, which is reported. */
export class WorkflowState {
  #execution: WorkflowExecution;

  constructor(
    execution: WorkflowExecution,
    private readonly report: (execution: WorkflowExecution) => void,
  ) {
    this.#execution = execution;
  }

  static pending(workflow: CheckedWorkflow, ids: ExecutionIds, labels: ExecutionLabels): WorkflowExecution {
    const steps = workflow.steps.map(({ name, action, description }, index): StepExecution => {
      const stepExecutionId = ids.steps[index] ?? "";
      const words = description === undefined ? {} : { description: cutMessage(description) };
      return { stepExecutionId, name: name.text, action: action.text, ...words, status: "PENDING", attemptNumber: 1, maxAttempts: 1 };
    });
    const counters = { totalStepCount: steps.length, totalStepsSucceeded: 0, totalStepsFailed: 0, totalStepsSkipped: 0 };
    return { workflowExecutionId: ids.workflow, ...labels, type: workflow.type, status: "PENDING", ...counters, steps, outputs: {} };
  }

  get execution(): WorkflowExecution {
    return this.#execution;
  }

  step(index: number): StepExecution {
    const step = this.#execution.steps[index];
    if (step === undefined) throw new Error(`the workflow has no step ${index}`);
    return step;
  }

  change(members: Partial<WorkflowExecution>): void {
    this.#execution = { ...this.#execution, ...members };
    this.report(this.#execution);
  }

  changeStep(index: number, members: Partial<StepExecution>): void {
    const steps = this.#execution.steps.map((step, position) => (position === index ? { ...step, ...members } : step));
    const countOf = (status: StepExecution["status"]) => steps.filter((step) => step.status === status).length;
    this.change({
      steps,
      ...{ totalStepsSucceeded: countOf("COMPLETED"), totalStepsFailed: countOf("FAILED"), totalStepsSkipped: countOf("SKIPPED") },
    });
  }

  /** What has not begun, or was interrupted, will not be done. */
  cancelRest(): void {
    this.#execution.steps.forEach(({ status }, index) => {
      if (status === "PENDING" || status === "RUNNING") this.changeStep(index, { status: "CANCELLED" });
    });
  }
}
