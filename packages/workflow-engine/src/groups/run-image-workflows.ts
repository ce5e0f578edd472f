import type { Durability, Json } from "@imagewright/durability";
import type { StepActionRegistry } from "../actions/step-action-registry.js";
import { runWorkflow } from "../run/run-workflow.js";
import type { WorkflowExecution } from "../run/workflow-execution.js";
import { assertRunnable } from "../run/workflow-run.js";
import { Gathering } from "./gathering.js";
import { Slots } from "./slots.js";
import { groupsOf, nameOfUse, type WorkflowGroup, type WorkflowUse } from "./workflow-use.js";

/** Source: guide chapter 41. */
const MOST_AT_ONCE = 5;

export interface ImageWorkflowsRequest {
  /** Without errors in `checkWorkflowUses`. */
  readonly uses: readonly WorkflowUse[];
  readonly actions: StepActionRegistry;
  readonly durability: Durability;
  /** The outputs of workflows of the image that have been run by another call. */
  readonly earlierOutputs?: ReadonlyMap<string, Json> | undefined;
  /** The system variables for a workflow, which may depend on the outputs of those before it. */
  readonly variables: (use: WorkflowUse, outputs: ReadonlyMap<string, Json>) => Readonly<Record<string, Json | undefined>>;
  /** Receives each execution after each change, and once more when its group has ended, also if an earlier process has run it. */
  readonly report?: ((execution: WorkflowExecution, use: WorkflowUse) => void) | undefined;
}

export interface ImageWorkflowsResult {
  /** In the order of the groups. */
  readonly executions: readonly WorkflowExecution[];
  /** The earlier ones included. */
  readonly outputs: ReadonlyMap<string, Json>;
  /** The first workflow whose failure ends the creation of the image. */
  readonly failed: WorkflowExecution | undefined;
}

/**
 * Runs the workflows of an image: the build workflow, the test groups one after the other, up to five workflows of a group at once, the
 * distribution workflow. After a failure no other workflow starts, unless it is that of a test workflow with `onFailure: CONTINUE`.
 * Errors: action-not-runnable; nothing has run then.
 */
export async function runImageWorkflows(request: ImageWorkflowsRequest): Promise<ImageWorkflowsResult> {
  for (const { workflow } of request.uses) assertRunnable(workflow, request.actions);
  const run = new ImageWorkflowsRun(request);
  for (const [index, group] of groupsOf(request.uses).entries()) await run.runGroup(group, index);
  return run.result();
}

class ImageWorkflowsRun {
  readonly #executions: WorkflowExecution[] = [];
  readonly #outputs: Map<string, Json>;
  #failed: WorkflowExecution | undefined;

  constructor(private readonly request: ImageWorkflowsRequest) {
    this.#outputs = new Map(request.earlierOutputs);
  }

  result(): ImageWorkflowsResult {
    return { executions: this.#executions, outputs: this.#outputs, failed: this.#failed };
  }

  /**
   * The port wants branches that run side by side started together; each waits for a slot before its first operation. The slots are given
   * out when it is known which workflows an earlier process has run to their end: after a failure of theirs no other may start.
   */
  async runGroup(group: WorkflowGroup, index: number): Promise<void> {
    const slots = new Slots(MOST_AT_ONCE);
    const gathering = new Gathering(group.length);
    const branches = group.map(async (use, position) => {
      const key = `${index + 1}.${position + 1} ${nameOfUse(use).slice(0, 100)}`;
      try {
        const end = await this.request.durability.branch<Json>(key, async (durability) => {
          gathering.arrive(position);
          await gathering.isComplete;
          return slots.use(() => this.#runUse(use, durability));
        });
        const execution = end as unknown as WorkflowExecution;
        this.#noteFailure(execution, use);
        return execution;
      } finally {
        gathering.arrive(position);
      }
    });
    const ended = (await Promise.allSettled(branches)).map((one) => {
      if (one.status === "rejected") throw one.reason;
      return one.value;
    });
    for (const [position, execution] of ended.entries()) {
      const use = group[position];
      if (use !== undefined) this.request.report?.(execution, use);
      this.#executions.push(execution);
      for (const [name, value] of Object.entries(execution.outputs)) this.#outputs.set(name, value);
    }
  }

  async #runUse(use: WorkflowUse, durability: Durability): Promise<Json> {
    const { workflow, parameters, parallelGroup, workflowBuildVersionArn } = use;
    const execution = await runWorkflow({
      ...{ workflow, parameters, parallelGroup, workflowBuildVersionArn, durability },
      ...{ actions: this.request.actions, workflowOutputs: this.#outputs },
      variables: this.request.variables(use, this.#outputs),
      mayStart: () => this.#failed === undefined,
      report: (changed) => this.request.report?.(changed, use),
    });
    this.#noteFailure(execution, use);
    return execution as unknown as Json;
  }

  /** At the end of each, before its slot is free; and again at the end of its branch, which an earlier process may have recorded. */
  #noteFailure(execution: WorkflowExecution, use: WorkflowUse): void {
    if (execution.failure !== undefined && use.onFailure !== "CONTINUE") this.#failed ??= execution;
  }
}
