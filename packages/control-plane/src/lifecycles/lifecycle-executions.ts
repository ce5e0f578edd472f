import { lifecycleStates, type LifecycleExecutionStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { LifecycleExecutionRow } from "../database/pipeline-tables.js";
import type { Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";
import { executionId } from "../executions/execution-id.js";
import type { CallContext } from "../operation-definition.js";

type When = Pick<CallContext, "database" | "now">;

/** Something that lifecycle actions are done for: a policy, or an image whose state is changed. */
export interface LifecycleSubject {
  readonly arn: string;
  readonly region: string;
  readonly owner: string;
}

/** Adds a lifecycle execution, PENDING. `request` is what StartResourceStateUpdate asked for. Returns its id. */
export async function addLifecycleExecution(
  { database, now }: When,
  { arn, region, owner }: LifecycleSubject,
  { id, request }: { readonly id: string; readonly request?: object },
): Promise<string> {
  await database
    .insertInto("lifecycle_execution")
    .values({
      ...{ id, region, account: owner, resource_arn: arn, status: "PENDING" as const, reason: null, created_at: now },
      ...{ request: request === undefined ? null : JSON.stringify(request), started_at: null, ended_at: null },
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  return id;
}

/** A new id of a lifecycle execution. */
export function lifecycleExecutionId({ services }: Pick<CallContext, "services">): string {
  return executionId("lce", services.random);
}

interface LifecycleChange {
  readonly to: LifecycleExecutionStatus;
  readonly reason?: string | undefined;
}

/** Brings a lifecycle execution to another state. Throws `no-such-execution`, and `no-such-transition` for one that cannot follow. */
export async function changeLifecycleState({ database, now }: When, id: string, { to, reason }: LifecycleChange): Promise<void> {
  const { status, started_at } = await lockLifecycleExecution(database, id);
  if (status === to) return;
  if (!lifecycleStates.canBecome(status, to))
    throw controlPlaneError("no-such-transition", { what: id, from: status, to, allowed: lifecycleStates.after(status) });
  await database
    .updateTable("lifecycle_execution")
    .set({
      ...{ status: to, reason: reason?.slice(0, 1024) ?? null },
      ...(to === "IN_PROGRESS" && started_at === null && { started_at: now }),
      ...(lifecycleStates.hasEnded(to) && { ended_at: now }),
    })
    .where("id", "=", id)
    .execute();
}

/** Cancels an execution that has not ended: at once if nothing runs it yet, otherwise whoever runs it is asked to stop. */
export async function cancelLifecycle(when: When, { id, status }: LifecycleExecutionRow, reason: string): Promise<void> {
  await changeLifecycleState(when, id, { to: status === "PENDING" ? "CANCELLED" : "CANCELLING", reason });
}

/** Cancels what is in progress for a policy or an image. */
export async function cancelLifecyclesOf(when: When, { arn, region, owner }: LifecycleSubject, reason: string): Promise<void> {
  const rows = await when.database
    .selectFrom("lifecycle_execution")
    .selectAll()
    .where("region", "=", region)
    .where("account", "=", owner)
    .where("resource_arn", "=", arn)
    .where("status", "in", ["PENDING", "IN_PROGRESS"])
    .forUpdate()
    .execute();
  for (const row of rows) await cancelLifecycle(when, row, reason);
}

/** The execution of a policy or an image that has not ended; undefined if there is none. */
export function unendedLifecycle(database: Kysely<Tables>, subject: LifecycleSubject): Promise<LifecycleExecutionRow | undefined> {
  return database
    .selectFrom("lifecycle_execution")
    .selectAll()
    .where("region", "=", subject.region)
    .where("account", "=", subject.owner)
    .where("resource_arn", "=", subject.arn)
    .where("status", "in", ["PENDING", "IN_PROGRESS", "CANCELLING"])
    .limit(1)
    .executeTakeFirst();
}

/** A lifecycle execution; no other transaction changes it meanwhile. Throws `no-such-execution`. */
export async function lockLifecycleExecution(database: Kysely<Tables>, id: string): Promise<LifecycleExecutionRow> {
  const row = await database.selectFrom("lifecycle_execution").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined) throw controlPlaneError("no-such-execution", { id });
  return row;
}
