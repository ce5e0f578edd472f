import type { PipelineSchedule } from "@imagewright/cron-rate";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { dueTimes } from "./due-times.js";
import { scheduleIn, scheduleOf } from "./pipeline-schedule.js";

type When = Pick<CallContext, "database" | "now">;

/** The pipelines that are due, the earliest first. Another server may take them meanwhile. One range of an index. */
export async function listDue({ database, now }: When, most: number): Promise<readonly ResourceRow[]> {
  return database
    .selectFrom("image_pipeline_state as state")
    .innerJoin("resource as pipeline", "pipeline.id", "state.resource_id")
    .selectAll("pipeline")
    .where("state.next_at", "<=", now)
    .orderBy("state.next_at")
    .limit(most)
    .execute();
}

/** When the next pipeline is due; undefined if none is scheduled. */
export async function earliestDue(database: Kysely<Tables>): Promise<Date | undefined> {
  const row = await database
    .selectFrom("image_pipeline_state")
    .select("next_at")
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst();
  return row?.next_at ?? undefined;
}

/** A pipeline whose scheduled run is this transaction's. */
export interface TakenPipeline {
  readonly pipeline: ResourceRow;
  /** When the run was due. */
  readonly at: Date;
  /** The first of those that were missed, and what is to be said of them; undefined if there are none. */
  readonly missed: { readonly since: Date; readonly reason: string } | undefined;
  /** Why the schedule cannot be read. There is no next run then. */
  readonly problem: Error | undefined;
}

/**
 * Takes the scheduled run of a pipeline, if it is still due and no other transaction has it: its next run is set, so that nobody else
 * starts this one once the transaction has ended. The pipeline and its state are locked; waiting for no lock, since others take them the
 * other way round.
 */
export async function takeDue({ database, now }: When, id: string): Promise<TakenPipeline | undefined> {
  const row = await database
    .selectFrom("image_pipeline_state as state")
    .innerJoin("resource as pipeline", "pipeline.id", "state.resource_id")
    .selectAll("pipeline")
    .select(["state.next_at", "state.schedule_set_at"])
    .where("state.resource_id", "=", id)
    .where("state.next_at", "<=", now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { next_at: due, schedule_set_at: setAt, ...pipeline } = row;
  if (due === null) return undefined;
  const schedule = readSchedule(pipeline, setAt ?? due);
  const problem = schedule instanceof Error ? schedule : undefined;
  const times = schedule instanceof Error ? undefined : dueTimes(schedule, due, now);
  await database
    .updateTable("image_pipeline_state")
    .set({ next_at: times?.next ?? null })
    .where("resource_id", "=", id)
    .execute();
  const missed = times?.missed === undefined ? undefined : { since: due, reason: times.missed };
  return { pipeline, at: times?.at ?? due, missed, problem };
}

/** One that was checked by another version of the program, or with other time zones, may be no longer readable. */
function readSchedule(pipeline: ResourceRow, setAt: Date): PipelineSchedule | Error {
  const schedule = scheduleIn(pipeline);
  if (schedule === undefined) return new Error("the pipeline has no schedule");
  try {
    return scheduleOf(schedule, setAt);
  } catch (thrown) {
    return thrown as Error;
  }
}
