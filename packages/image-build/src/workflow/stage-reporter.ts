import { quote } from "@imagewright/diagnostics";
import type { StepExecution, WorkflowExecution } from "@imagewright/workflow-engine";
import type { BuildEvent, Stage } from "../events.js";
import type { PlannedWorkflow } from "../plan/build-plan.js";
import { stageOf, type StepStage } from "./step-stages.js";

/**
 * Reports the steps of workflows as stages. An execution can be given as often as one likes, as it grows; what an earlier process has
 * recorded is reported, too.
 */
export class StageReporter {
  readonly #stages = new Map<string, StepStage>();
  readonly #begun = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #seconds = new Map<Stage, number>();

  constructor(
    private readonly emit: (event: BuildEvent) => void,
    private readonly workflows: readonly PlannedWorkflow[],
    /** Why a step that has completed had nothing to do. */
    private readonly reasonForNothing: (workflow: PlannedWorkflow, step: StepExecution) => string | undefined,
  ) {}

  /** In seconds, of each stage that has ended and was not skipped. */
  get durations(): Readonly<Record<Stage, number>> {
    return Object.fromEntries(this.#seconds);
  }

  /** The stage of a step that has been reported. */
  stageOf(stepExecutionId: string): StepStage | undefined {
    return this.#stages.get(stepExecutionId);
  }

  report(execution: WorkflowExecution, workflow: PlannedWorkflow): void {
    const { type, steps } = execution;
    const isOneOfSeveral = this.workflows.filter(({ isDefault }) => !isDefault).length > 1;
    for (const step of steps) {
      const stage = this.#stages.get(step.stepExecutionId) ?? stageOf({ ...step, type }, workflow, isOneOfSeveral);
      if (stage === undefined) continue;
      this.#stages.set(step.stepExecutionId, stage);
      if (step.status === "PENDING" || step.status === "CANCELLED") continue;
      this.#begin(step.stepExecutionId, stage);
      if (step.status !== "RUNNING") this.#end(step, stage, this.reasonForNothing(workflow, step));
    }
    if (execution.endTime !== undefined) this.#tellFailures(execution, workflow);
  }

  /** Why steps have failed after which the build goes on: what ends it is reported as its failure. */
  #tellFailures({ workflowExecutionId, status, message = "", steps }: WorkflowExecution, { name, onFailure }: PlannedWorkflow): void {
    if (this.#ended.has(workflowExecutionId)) return;
    this.#ended.add(workflowExecutionId);
    const passed = steps.filter((step) => status === "COMPLETED" && step.status === "FAILED");
    for (const step of passed)
      this.emit({
        type: "notice",
        text: `step ${quote(step.name)} of workflow ${quote(name)} failed, and the workflow went on: ${step.message ?? ""}`,
      });
    if (status !== "COMPLETED" && onFailure === "CONTINUE")
      this.emit({ type: "notice", text: `workflow ${quote(name)} failed, and the build goes on: ${message}` });
  }

  #begin(id: string, { stage, title }: StepStage): void {
    if (this.#begun.has(id)) return;
    this.#begun.add(id);
    this.emit({ type: "stage-started", stage, title });
  }

  #end(
    { stepExecutionId, action, status, startTime, endTime, message }: StepExecution,
    { stage }: StepStage,
    reason: string | undefined,
  ): void {
    if (this.#ended.has(stepExecutionId)) return;
    this.#ended.add(stepExecutionId);
    const skipped = status === "SKIPPED" ? message : status === "COMPLETED" ? reason : undefined;
    const seconds = skipped === undefined ? secondsBetween(startTime, endTime) : 0;
    if (skipped === undefined) this.#seconds.set(stage, seconds);
    const outcome = skipped !== undefined ? "skipped" : status === "FAILED" ? "failed" : "done";
    const detail = skipped ?? (status === "FAILED" && action === "ExecuteComponents" ? "a component failed" : undefined);
    this.emit({ type: "stage-finished", stage, outcome, seconds, ...(detail !== undefined && { detail }) });
  }
}

function secondsBetween(start: string | undefined, end: string | undefined): number {
  return start === undefined || end === undefined ? 0 : Math.max(0, Date.parse(end) - Date.parse(start)) / 1000;
}
