import { shouldDisable } from "@imagewright/cron-rate";
import { imageStates, parseArn, type ImageStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { dependenciesOf, versionsOf } from "./dependencies.js";
import { scheduleIn, scheduleOf } from "./pipeline-schedule.js";
import { contentsOf, lastBuildOf, type RunReference, type RunUses } from "./run-uses.js";

type When = Pick<CallContext, "database" | "now">;

/** How a run has begun. */
export interface RunStart {
  readonly isScheduled: boolean;
  /** The fingerprints that the run uses; those of the last build where nobody has looked. */
  readonly contents?: RunUses["contents"] | undefined;
}

/** Notes that a run of a pipeline has begun, with its image and what it uses: the next runs are compared with that. */
export async function recordRunStart(
  context: Pick<CallContext, "caller" | "database" | "services" | "now">,
  pipeline: ResourceRow,
  image: Pick<ResourceRow, "id">,
  { isScheduled, contents }: RunStart,
): Promise<void> {
  const dependencies = await dependenciesOf(context, pipeline);
  const uses: RunUses = {
    versions: versionsOf(dependencies?.all ?? []),
    contents: contents ?? contentsOf((await runsOfPipeline(context.database, pipeline)).reference),
  };
  await context.database
    .updateTable("image_pipeline_state")
    .set({ last_run_at: context.now, last_image_id: image.id, run_uses: JSON.stringify(uses) })
    .$if(isScheduled, (query) => query.set({ scheduled_image_id: image.id }))
    .where("resource_id", "=", pipeline.id)
    .execute();
}

/** What is known of the runs of a pipeline when the next one is to be decided. */
export interface RunsOfPipeline {
  /** With what the next run is compared. */
  readonly reference: RunReference;
  /** The image of the last scheduled run, as long as it has not ended. */
  readonly unended: { readonly arn: string; readonly status: string } | undefined;
}

export async function runsOfPipeline(database: Kysely<Tables>, { id }: Pick<ResourceRow, "id">): Promise<RunsOfPipeline> {
  const row = await database
    .selectFrom("image_pipeline_state as state")
    .leftJoin("resource as last", "last.id", "state.last_image_id")
    .leftJoin("resource as scheduled", "scheduled.id", "state.scheduled_image_id")
    .select(["state.last_run_at", "state.run_uses", "state.build_uses", "last.status"])
    .select(["scheduled.arn as scheduled_arn", "scheduled.status as scheduled_status"])
    .where("state.resource_id", "=", id)
    .executeTakeFirstOrThrow();
  const { last_run_at: lastRunAt, run_uses: runUses, build_uses: buildUses, scheduled_arn: arn, scheduled_status: status } = row;
  return {
    reference: lastBuildOf({ lastRunAt, runUses, buildUses, isInWork: isInWork(row.status) }),
    unended: arn !== null && status !== null && isInWork(status) ? { arn, status } : undefined,
  };
}

/** Of an image that was deleted there is no status. */
function isInWork(status: string | null): boolean {
  return status !== null && !imageStates.hasEnded(status as ImageStatus);
}

/** How a run of a pipeline has ended. */
export interface RunEnd {
  /** The ARN of the pipeline. */
  readonly arn: string;
  /** A run of a pipeline of the same name that was deleted before the image was created does not count. */
  readonly image: Pick<ResourceRow, "id" | "created_at">;
  readonly isScheduled: boolean;
  readonly hasSucceeded: boolean;
}

/**
 * Counts the failures of scheduled runs in a row: a success, also of a run that was started by hand, begins anew, and what it used is what
 * later runs are compared with. A pipeline that has as many failures as its schedule allows is disabled. Source: API model,
 * `ImagePipeline.consecutiveFailures`, `AutoDisablePolicy`.
 */
export async function recordRunEnd({ database }: Pick<When, "database">, { arn, image, isScheduled, hasSucceeded }: RunEnd): Promise<void> {
  if (!hasSucceeded && !isScheduled) return;
  const pipeline = await lockPipeline(database, arn);
  if (pipeline === undefined || pipeline.created_at > image.created_at) return;
  if (!hasSucceeded) {
    await countFailure(database, pipeline);
    return;
  }
  await database
    .updateTable("image_pipeline_state")
    .set((column) => ({
      consecutive_failures: 0,
      build_uses: column
        .case()
        .when("last_image_id", "=", image.id)
        .then(column.ref("run_uses"))
        .else(column.ref("build_uses"))
        .end()
        .$castTo<null>(),
    }))
    .where("resource_id", "=", pipeline.id)
    .execute();
}

/** Counts a failed scheduled run of a pipeline that is locked. Returns why the pipeline is disabled from now on; undefined if it is not. */
export async function countFailure(database: Kysely<Tables>, pipeline: ResourceRow): Promise<string | undefined> {
  const { consecutive_failures, schedule_set_at: setAt } = await database
    .updateTable("image_pipeline_state")
    .set((column) => ({ consecutive_failures: column("consecutive_failures", "+", 1) }))
    .where("resource_id", "=", pipeline.id)
    .returning(["consecutive_failures", "schedule_set_at"])
    .executeTakeFirstOrThrow();
  const schedule = scheduleIn(pipeline);
  if (schedule === undefined || setAt === null) return undefined;
  const { answer, reason } = shouldDisable(scheduleOf(schedule, setAt), consecutive_failures);
  if (!answer) return undefined;
  await database.updateTable("resource").set({ status: "DISABLED" }).where("id", "=", pipeline.id).execute();
  await database.updateTable("image_pipeline_state").set({ next_at: null }).where("resource_id", "=", pipeline.id).execute();
  return reason;
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
