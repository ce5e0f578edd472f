import {
  rollbackStates,
  workflowStepStates,
  type WorkflowStepExecutionStatus,
  type WorkflowStepRollbackStatus,
} from "@imagewright/imagebuilder-model";
import { sql, type Kysely } from "kysely";
import type { WorkflowExecutionRow, WorkflowStepExecutionRow } from "../database/execution-tables.js";
import type { ResourceRow, Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { shortMessage } from "./short-message.js";
import { storeEvent, type Recording } from "./store-event.js";
import { lockExecution } from "./workflow-executions.js";

/** A step that is to run. */
export interface NewStepExecution {
  /** `step-` and a UUID; a new one by default. */
  readonly id?: string;
  readonly name: string;
  readonly action: string;
  readonly description?: string;
  readonly onFailure: "Abort" | "Continue";
  readonly timeoutSeconds: number;
  /** 1 by default. */
  readonly maxAttempts?: number;
}

/** What is told with a state of a step. */
export interface StepChange {
  /** Cut at 500 characters. */
  readonly message?: string | undefined;
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  readonly attemptNumber?: number | undefined;
}

/** Adds a step to a workflow execution. One with the same id is left as it is. Returns the id. */
export async function addStepExecution(
  { database }: Recording,
  executionId: string,
  step: NewStepExecution & { readonly id: string },
): Promise<string> {
  const { image } = await lockExecution(database, executionId);
  const { id, name, action, description = null, onFailure, timeoutSeconds, maxAttempts = 1 } = step;
  await database
    .insertInto("workflow_step_execution")
    .values({
      ...{ id, execution_id: executionId, region: image.region, owner: image.owner, name, action, description, status: "PENDING" },
      ...{ rollback_status: null, message: null, inputs: null, outputs: null, on_failure: onFailure, timeout_seconds: timeoutSeconds },
      ...{ attempt_number: 1, max_attempts: maxAttempts, started_at: null, ended_at: null, answer: null, answer_reason: null },
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  return id;
}

const COUNTER = { COMPLETED: "succeeded_steps", FAILED: "failed_steps", SKIPPED: "skipped_steps" } as const;

/** Brings a step to a state with its event and counts it for its workflow; in the same state, only the rest of the change is recorded. */
export async function changeStepState(
  recording: Recording,
  id: string,
  { to, message, inputs, outputs, attemptNumber }: StepChange & { readonly to: WorkflowStepExecutionStatus },
): Promise<void> {
  const { database, now } = recording;
  const { step, execution, image } = await lockStep(database, id);
  const from = step.status;
  if (from !== to && !workflowStepStates.canBecome(from, to))
    throw controlPlaneError("no-such-transition", { what: id, from, to, allowed: workflowStepStates.after(from) });
  await database
    .updateTable("workflow_step_execution")
    .set({
      status: to,
      ...(message !== undefined && { message: shortMessage(message) }),
      ...(inputs !== undefined && { inputs: JSON.stringify(inputs) }),
      ...(outputs !== undefined && { outputs: JSON.stringify(outputs) }),
      ...(attemptNumber !== undefined && { attempt_number: attemptNumber }),
      ...(step.started_at === null && to === "RUNNING" && { started_at: now }),
      ...(from !== to && workflowStepStates.hasEnded(to) && { ended_at: now, waiting: false }),
    })
    .where("id", "=", id)
    .execute();
  if (from === to) return;
  if (to === "COMPLETED" || to === "FAILED" || to === "SKIPPED")
    await database
      .updateTable("workflow_execution")
      .set({ [COUNTER[to]]: sql`${sql.ref(COUNTER[to])} + 1` })
      .where("id", "=", execution.id)
      .execute();
  await storeEvent(recording, {
    ...{ type: "workflow-step-execution.state-changed", image, subject: id, previousState: from, state: to },
    ...{ resources: [execution.workflow_arn], detail: { "workflow-execution-id": execution.id, "workflow-step-name": step.name } },
  });
}

/** The state of the rollback of a step. */
export async function changeRollbackState(
  { database }: Recording,
  id: string,
  { to, message }: { readonly to: WorkflowStepRollbackStatus; readonly message?: string | undefined },
): Promise<void> {
  const from = (await lockStep(database, id)).step.rollback_status;
  if (from === to) return;
  if (from === null ? !rollbackStates.initial.includes(to) : !rollbackStates.canBecome(from, to)) {
    const allowed = from === null ? rollbackStates.initial : rollbackStates.after(from);
    throw controlPlaneError("no-such-transition", { what: `the rollback of ${id}`, from: from ?? "none", to, allowed });
  }
  await database
    .updateTable("workflow_step_execution")
    .set({ rollback_status: to, ...(message !== undefined && { message: shortMessage(message) }) })
    .where("id", "=", id)
    .execute();
}

/** A step and what it belongs to; no other transaction changes the workflow execution or the step meanwhile. Throws `no-such-execution`. */
export async function lockStep(
  database: Kysely<Tables>,
  id: string,
): Promise<{ readonly step: WorkflowStepExecutionRow; readonly execution: WorkflowExecutionRow; readonly image: ResourceRow }> {
  const found = await database.selectFrom("workflow_step_execution").select("execution_id").where("id", "=", id).executeTakeFirst();
  if (found === undefined) throw controlPlaneError("no-such-execution", { id });
  const { execution, image } = await lockExecution(database, found.execution_id);
  const step = await database.selectFrom("workflow_step_execution").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  return { step, execution, image };
}
