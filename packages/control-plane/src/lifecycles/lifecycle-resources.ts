import { lifecycleResourceStates, readArn, type EnumValue, type LifecycleResourceStatus } from "@imagewright/imagebuilder-model";
import { sql } from "kysely";
import type { LifecycleExecutionRow, LifecycleSnapshotState } from "../database/pipeline-tables.js";
import { controlPlaneError } from "../errors.js";
import type { CallContext } from "../operation-definition.js";
import { lockLifecycleExecution } from "./lifecycle-executions.js";

type When = Pick<CallContext, "database" | "now">;

/** What a lifecycle execution does with an image, or with what an image has distributed. */
export interface LifecycleStep {
  /** The ARN of a build of an image, the id of an AMI, the address or digest of a container image. */
  readonly resourceId: string;
  /** The ARN of the image that has distributed it; not of images. */
  readonly parentResourceId?: string;
  /** Those of the execution, if they are not given. */
  readonly account?: string;
  readonly region?: string;
  readonly action: { readonly name: EnumValue<"LifecycleExecutionResourceActionName">; readonly reason?: string };
  readonly status: LifecycleResourceStatus;
  readonly reason?: string;
  readonly snapshots?: readonly LifecycleSnapshotState[];
  readonly imageUris?: readonly string[];
}

/**
 * Records a resource of a lifecycle execution, or the new state of one that is recorded. An image remembers the execution. Throws
 * `no-such-execution`, and `no-such-transition` for a state that cannot follow.
 */
export async function recordLifecycleStep({ database, now }: When, id: string, step: LifecycleStep): Promise<void> {
  const execution = await lockLifecycleExecution(database, id);
  const { status, reason = null, snapshots, imageUris, action } = step;
  const { resourceId, parentResourceId = "", account = execution.account, region = execution.region } = step;
  const key = { execution_id: id, parent_id: parentResourceId, resource_id: resourceId, region, account };
  const state = { status, reason, ended_at: lifecycleResourceStates.hasEnded(status) ? now : null };
  const details = {
    ...(snapshots !== undefined && { snapshots: JSON.stringify(snapshots) }),
    ...(imageUris !== undefined && { image_uris: JSON.stringify(imageUris) }),
  };
  const known = await database
    .selectFrom("lifecycle_execution_resource")
    .select("status")
    .where((where) => where.and(key))
    .executeTakeFirst();
  const from = known?.status;
  if (from === status) return;
  if (from === undefined ? !lifecycleResourceStates.initial.includes(status) : !lifecycleResourceStates.canBecome(from, status)) {
    const allowed = from === undefined ? lifecycleResourceStates.initial : lifecycleResourceStates.after(from);
    throw controlPlaneError("no-such-transition", { what: `${resourceId} in ${id}`, from: from ?? "none", to: status, allowed });
  }
  if (from === undefined) {
    const row = { ...key, ...state, action: action.name, action_reason: action.reason ?? null, started_at: now };
    await database
      .insertInto("lifecycle_execution_resource")
      .values({ ...row, snapshots: null, image_uris: null, ...details })
      .execute();
    if (status !== "SKIPPED") await rememberExecution({ database, now }, execution, resourceId);
  } else
    await database
      .updateTable("lifecycle_execution_resource")
      .set({ ...state, ...details })
      .where((where) => where.and(key))
      .execute();
}

/** Source: API model, `Image.lifecycleExecutionId`. */
async function rememberExecution({ database }: When, { id, region, account }: LifecycleExecutionRow, resourceId: string): Promise<void> {
  const { value: arn } = readArn(resourceId, { types: ["image"], levels: ["build"] });
  const [major, minor, patch, build] = arn?.pattern?.numbers ?? [];
  if (arn === undefined || arn.region !== region || arn.owner !== account) return;
  await sql`
    update resource set detail = detail || jsonb_build_object('lifecycleExecutionId', ${id}::text)
    where region = ${region} and owner = ${account} and kind = 'image' and slug = ${arn.name}
      and major = ${major} and minor = ${minor} and patch = ${patch} and build = ${build}`.execute(database);
}
