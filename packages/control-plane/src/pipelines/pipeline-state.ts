import type { Api } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { nextRunFrom, scheduleOf } from "./pipeline-schedule.js";

/** What becomes of a pipeline as time goes by. */
export interface PipelineState {
  readonly scheduleSetAt: Date | null;
  readonly lastRunAt: Date | null;
  /** The status of the last run's image, as long as the image is there. */
  readonly lastRunStatus: string | null;
  readonly consecutiveFailures: number;
}

type When = Pick<CallContext, "database" | "now">;

/**
 * Notes what a pipeline that was created or updated is to do from now on. `before` is the schedule that it had: a rate goes on counting if
 * its expression is the same. An update forgets failures.
 */
export async function setPipelineSchedule(
  { database, now }: When,
  { id }: Pick<ResourceRow, "id">,
  { schedule, status, before }: Pick<Api.ImagePipeline, "schedule" | "status"> & { readonly before?: Api.Schedule | undefined },
): Promise<void> {
  const earlier = await database
    .selectFrom("image_pipeline_state")
    .select("schedule_set_at")
    .where("resource_id", "=", id)
    .executeTakeFirst();
  const isSame = before?.scheduleExpression === schedule?.scheduleExpression;
  const setAt = schedule === undefined ? null : ((isSame ? earlier?.schedule_set_at : undefined) ?? now);
  const nextAt =
    schedule === undefined || setAt === null || status === "DISABLED" ? undefined : nextRunFrom(scheduleOf(schedule, setAt), now);
  const state = { schedule_set_at: setAt, next_at: nextAt ?? null, consecutive_failures: 0 };
  await database
    .insertInto("image_pipeline_state")
    .values({ resource_id: id, ...state })
    .onConflict((conflict) => conflict.column("resource_id").doUpdateSet(state))
    .execute();
}

/** The states of pipelines by the ids of their rows. */
export async function pipelineStates(database: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlyMap<string, PipelineState>> {
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom("image_pipeline_state as state")
    .leftJoin("resource as image", "image.id", "state.last_image_id")
    .select(["state.resource_id", "state.schedule_set_at", "state.last_run_at", "state.consecutive_failures", "image.status"])
    .where("state.resource_id", "in", ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.resource_id,
      {
        ...{ scheduleSetAt: row.schedule_set_at, lastRunAt: row.last_run_at, lastRunStatus: row.status },
        consecutiveFailures: row.consecutive_failures,
      },
    ]),
  );
}
