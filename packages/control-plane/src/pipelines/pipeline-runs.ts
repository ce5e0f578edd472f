import { nextRun, shouldDisable } from "@imagewright/cron-rate";
import { parseArn, type Api, type Checked } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { scheduleOf } from "./pipeline-schedule.js";

type When = Pick<CallContext, "database" | "now">;

/** A pipeline whose scheduled run is due. */
export interface DuePipeline {
  readonly pipeline: ResourceRow;
  /** When the run was due. */
  readonly at: Date;
}

/**
 * The pipelines whose scheduled runs are due, at most `most`, the earliest first. Their next runs are set in the same transaction, in which
 * the caller notes what is to be done; another transaction meanwhile gets others. Runs that were missed are one.
 */
export async function takeDuePipelines({ database, now }: When, most: number): Promise<readonly DuePipeline[]> {
  const states = await database
    .selectFrom("image_pipeline_state")
    .select(["resource_id", "schedule_set_at", "next_at"])
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
  const due: DuePipeline[] = [];
  for (const { resource_id: id, schedule_set_at: setAt, next_at: at } of states) {
    const pipeline = await database.selectFrom("resource").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const schedule = scheduleIn(pipeline);
    const next = schedule === undefined || setAt === null ? undefined : nextRun(scheduleOf(schedule, setAt), now);
    await database
      .updateTable("image_pipeline_state")
      .set({ next_at: next ?? null })
      .where("resource_id", "=", id)
      .execute();
    if (at !== null) due.push({ pipeline, at });
  }
  return due;
}

/** Notes that a run of a pipeline has begun, with its image. */
export async function recordRunStart({ database, now }: When, pipeline: ResourceRow, image: Pick<ResourceRow, "id">): Promise<void> {
  await database
    .updateTable("image_pipeline_state")
    .set({ last_run_at: now, last_image_id: image.id })
    .where("resource_id", "=", pipeline.id)
    .execute();
}

/** How a run of a pipeline has ended. */
export interface RunEnd {
  /** The ARN of the pipeline. */
  readonly arn: string;
  /** When its image was created. A run of a pipeline of the same name that was deleted does not count. */
  readonly begunAt: Date;
  readonly isScheduled: boolean;
  readonly hasSucceeded: boolean;
}

/**
 * Counts the failures of scheduled runs in a row: a success, also of a run that was started by hand, begins anew. A pipeline that has as
 * many as its schedule allows is disabled. Source: API model, `ImagePipeline.consecutiveFailures`, `AutoDisablePolicy`.
 */
export async function recordRunEnd(
  { database }: Pick<CallContext, "database">,
  { arn, begunAt, isScheduled, hasSucceeded }: RunEnd,
): Promise<void> {
  if (!hasSucceeded && !isScheduled) return;
  const pipeline = await lockPipeline(database, arn);
  if (pipeline === undefined || pipeline.created_at > begunAt) return;
  const { consecutive_failures, schedule_set_at: setAt } = await database
    .updateTable("image_pipeline_state")
    .set((column) => ({ consecutive_failures: hasSucceeded ? 0 : column("consecutive_failures", "+", 1) }))
    .where("resource_id", "=", pipeline.id)
    .returning(["consecutive_failures", "schedule_set_at"])
    .executeTakeFirstOrThrow();
  const schedule = scheduleIn(pipeline);
  if (schedule === undefined || setAt === null || !shouldDisable(scheduleOf(schedule, setAt), consecutive_failures).answer) return;
  await database.updateTable("resource").set({ status: "DISABLED" }).where("id", "=", pipeline.id).execute();
  await database.updateTable("image_pipeline_state").set({ next_at: null }).where("resource_id", "=", pipeline.id).execute();
}

function lockPipeline(database: Kysely<Tables>, text: string): Promise<ResourceRow | undefined> {
  const { region, owner, name } = parseArn(text, { types: ["image-pipeline"] });
  return database
    .selectFrom("resource")
    .selectAll()
    .where("region", "=", region)
    .where("owner", "=", owner)
    .where("kind", "=", "image-pipeline")
    .where("slug", "=", name)
    .forUpdate()
    .executeTakeFirst();
}

function scheduleIn({ detail }: ResourceRow): Checked<Api.Schedule> | undefined {
  return (detail as { readonly schedule?: Checked<Api.Schedule> }).schedule;
}
