import { workflowStates, type EnumValue, type WorkflowExecutionStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { WorkflowExecutionRow } from "../database/execution-tables.js";
import type { ResourceRow, Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { lockImage } from "./find-image.js";
import { imageRunOf } from "./image-run.js";
import { shortMessage } from "./short-message.js";
import { storeEvent, type Recording } from "./store-event.js";

/** A workflow that is to run for an image. */
export interface NewWorkflowExecution {
  /** `wf-` and a UUID; a new one by default. */
  readonly id?: string;
  readonly workflowBuildVersionArn: string;
  readonly type: EnumValue<"WorkflowType">;
  /** The steps of its document. */
  readonly totalStepCount: number;
  readonly parallelGroup?: string;
}

/** Adds a workflow execution to an image, for the attempt that runs. One with the same id is left as it is. Returns the id. */
export async function addWorkflowExecution(
  { database }: Recording,
  imageArn: string,
  execution: NewWorkflowExecution & { readonly id: string },
): Promise<string> {
  const image = await lockImage(database, imageArn);
  const { attempt } = await imageRunOf(database, image);
  const { id, workflowBuildVersionArn, type, totalStepCount, parallelGroup = null } = execution;
  await database
    .insertInto("workflow_execution")
    .values({
      ...{ id, image_id: image.id, attempt, workflow_arn: workflowBuildVersionArn, type, status: "PENDING" },
      ...{ message: null, parallel_group: parallelGroup, total_steps: totalStepCount, started_at: null, ended_at: null },
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  return id;
}

interface WorkflowChange {
  readonly to: WorkflowExecutionStatus;
  /** Cut at 500 characters. */
  readonly message?: string | undefined;
}

/** Brings a workflow execution to another state, and stores the event. It starts when it runs, and ends when its state is the last one. */
export async function changeWorkflowState(recording: Recording, id: string, { to, message }: WorkflowChange): Promise<void> {
  const { database, now } = recording;
  const { execution, image } = await lockExecution(database, id);
  const from = execution.status;
  if (from === to) return;
  if (!workflowStates.canBecome(from, to))
    throw controlPlaneError("no-such-transition", { what: id, from, to, allowed: workflowStates.after(from) });
  await database
    .updateTable("workflow_execution")
    .set({
      status: to,
      ...(message !== undefined && { message: shortMessage(message) }),
      ...(execution.started_at === null && to === "RUNNING" && { started_at: now }),
      ...(workflowStates.hasEnded(to) && { ended_at: now }),
    })
    .where("id", "=", id)
    .execute();
  await storeEvent(recording, {
    ...{ type: "workflow-execution.state-changed", image, subject: id, previousState: from, state: to },
    resources: [execution.workflow_arn],
  });
}

/** A workflow execution and its image; no other transaction changes it meanwhile. Throws `no-such-execution`. */
export async function lockExecution(
  database: Kysely<Tables>,
  id: string,
): Promise<{ readonly execution: WorkflowExecutionRow; readonly image: ResourceRow }> {
  const execution = await database.selectFrom("workflow_execution").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (execution === undefined) throw controlPlaneError("no-such-execution", { id });
  const image = await database.selectFrom("resource").selectAll().where("id", "=", execution.image_id).executeTakeFirstOrThrow();
  return { execution, image };
}
