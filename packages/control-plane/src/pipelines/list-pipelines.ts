import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import { scheduleIn } from "./pipeline-schedule.js";

/** A pipeline with its runs. */
export interface ListedPipeline {
  readonly arn: string;
  readonly name: string;
  /** ENABLED or DISABLED. */
  readonly status: string;
  /** The expression and the time zone; null without a schedule. */
  readonly schedule: string | null;
  /** When the next scheduled run is due; in the past if no server has taken it yet. */
  readonly nextRun: Date | null;
  readonly lastRun: Date | null;
  /** The status of the last run's image, as long as that is there. */
  readonly lastRunStatus: string | null;
  readonly consecutiveFailures: number;
}

/** The pipelines of all accounts and Regions, by ARN. */
export async function listPipelines(database: Kysely<Tables>, most: number): Promise<readonly ListedPipeline[]> {
  return (await pipelineQuery(database).orderBy("pipeline.arn").limit(most).execute()).map(listedOf);
}

export async function listedPipeline(database: Kysely<Tables>, { id }: Pick<ResourceRow, "id">): Promise<ListedPipeline> {
  return listedOf(await pipelineQuery(database).where("pipeline.id", "=", id).executeTakeFirstOrThrow());
}

function pipelineQuery(database: Kysely<Tables>) {
  return database
    .selectFrom("resource as pipeline")
    .innerJoin("image_pipeline_state as state", "state.resource_id", "pipeline.id")
    .leftJoin("resource as image", "image.id", "state.last_image_id")
    .select(["pipeline.arn", "pipeline.name", "pipeline.status", "pipeline.detail", "state.next_at", "state.last_run_at"])
    .select(["state.consecutive_failures", "image.status as image_status"])
    .where("pipeline.kind", "=", "image-pipeline");
}

type Row = Awaited<ReturnType<ReturnType<typeof pipelineQuery>["executeTakeFirstOrThrow"]>>;

function listedOf({ arn, name, status, detail, ...state }: Row): ListedPipeline {
  const { scheduleExpression, timezone } = scheduleIn({ detail }) ?? {};
  return {
    ...{ arn, name, status: status ?? "ENABLED" },
    schedule: scheduleExpression === undefined ? null : `${scheduleExpression} ${timezone ?? "UTC"}`,
    ...{ nextRun: state.next_at, lastRun: state.last_run_at, lastRunStatus: state.image_status },
    consecutiveFailures: state.consecutive_failures,
  };
}
