import { hostname } from "node:os";
import type { ClaimedImage, ImageEnd, RunServer } from "@imagewright/control-plane";
import type { PlannedWorkflow } from "@imagewright/image-build";
import { workflowStates, workflowStepStates } from "@imagewright/imagebuilder-model";
import type { TraceSpan, Traces } from "@imagewright/traces";
import type { StepExecution, WorkflowExecution } from "@imagewright/workflow-engine";

const LONGEST_MESSAGE = 1024;
const FAILURES: readonly string[] = ["FAILED", "TIMED_OUT"];

/**
 * Tells the run of an image as spans: one for the image, from when a server has first begun it, and in it one for each server that has run
 * it, one for each workflow and one for each step. Those of the image, its workflows and steps have keys and recorded times: the server
 * that goes on tells what the one before it has told or could not tell, as the same spans.
 */
export class ImageSpans {
  readonly #image: TraceSpan;
  readonly #server: TraceSpan;
  readonly #workflows = new Map<string, TraceSpan>();
  /** The ids of the executions that have been told. */
  readonly #told = new Set<string>();

  constructor(
    private readonly traces: Traces,
    image: ClaimedImage,
    server: Pick<RunServer, "id" | "pid">,
  ) {
    const { arn, account, region, attempt, begunAt, trace, build } = image;
    this.#image = traces.begin({
      ...{ name: "build image", key: `${arn} ${begunAt.toISOString()}`, parent: trace, time: begunAt },
      attributes: {
        "cloud.account.id": account,
        "cloud.region": region,
        "imagewright.image.arn": arn,
        "imagewright.image.attempt": attempt,
      },
    });
    this.#server = traces.begin({
      ...{ name: "run image", parent: this.#image.context },
      attributes: {
        ...{ "imagewright.image.arn": arn, "imagewright.image.attempt": attempt, "imagewright.image.continued": build !== undefined },
        ...{ "imagewright.server.id": server.id, "host.name": hostname(), "process.pid": server.pid },
      },
    });
  }

  readonly takeWorkflow = (execution: WorkflowExecution, { name, path }: PlannedWorkflow): void => {
    const { workflowExecutionId: id, type, status, message, startTime, endTime, steps } = execution;
    if (startTime === undefined) return;
    const span = this.#workflows.get(id) ?? this.#beginWorkflow(id, new Date(startTime), { name, path, type });
    this.#workflows.set(id, span);
    for (const step of steps) this.#takeStep(step, span);
    if (!workflowStates.hasEnded(status) || endTime === undefined || this.#told.has(id)) return;
    this.#told.add(id);
    span.end({ ...endAs(status, message), time: new Date(endTime) });
  };

  #beginWorkflow(id: string, time: Date, { name, path, type }: Pick<PlannedWorkflow, "name" | "path" | "type">): TraceSpan {
    return this.traces.begin({
      ...{ name, key: id, parent: this.#image.context, time },
      attributes: { "imagewright.workflow.execution_id": id, "imagewright.workflow.arn": path, "imagewright.workflow.type": type },
    });
  }

  #takeStep(
    { stepExecutionId: id, name, action, status, message, startTime, endTime }: StepExecution,
    { context: parent }: TraceSpan,
  ): void {
    if (startTime === undefined || endTime === undefined || !workflowStepStates.hasEnded(status) || this.#told.has(id)) return;
    this.#told.add(id);
    const attributes = { "imagewright.step.execution_id": id, "imagewright.step.name": name, "imagewright.step.action": action };
    this.traces
      .begin({ name, key: id, parent, time: new Date(startTime), attributes })
      .end({ ...endAs(status, message), time: new Date(endTime) });
  }

  /** Tells how the image has ended, once that is recorded. */
  end({ status, reason }: ImageEnd): void {
    this.#image.end(endAs(status, reason));
  }

  /** Tells that this server no longer runs the image: it has ended, is given up for another server, or was taken by one. */
  leave(outcome: "ended" | "given up" | "lost"): void {
    this.#server.end({ attributes: { "imagewright.run.outcome": outcome } });
  }
}

/** The message of a step that has not failed may be its output, and is not told. */
function endAs(status: string, message: string | undefined) {
  const failure = FAILURES.includes(status) ? [...(message ?? "")].slice(0, LONGEST_MESSAGE).join("") : undefined;
  return { attributes: { "imagewright.status": status }, failure };
}
