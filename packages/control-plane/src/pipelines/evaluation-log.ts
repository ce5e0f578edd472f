import type { Api } from "@imagewright/imagebuilder-model";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { PipelineDetail } from "../operations/image-pipeline/image-pipeline.js";
import type { PipelineEvaluation } from "./evaluations.js";

/** An evaluation that is to be sent to a log elsewhere. */
export interface UnsentEvaluation extends PipelineEvaluation {
  readonly id: string;
  /** The name of the pipeline, its account and its Region. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly loggingConfiguration: Api.PipelineLoggingConfiguration | undefined;
}

/** How servers share what is to be sent of the evaluations of pipelines. */
export interface EvaluationLog {
  /**
   * Takes evaluations that have not been sent, the oldest first, at most `most`; nobody else gets them for two minutes. What is not noted
   * as sent by then is given again. Those older than 14 days are left out: CloudWatch Logs takes none.
   */
  claim(most: number): Promise<readonly UnsentEvaluation[]>;
  /** Notes that evaluations have arrived. */
  sent(ids: readonly string[]): Promise<void>;
}

const OLDEST_MILLISECONDS = 14 * 24 * 3_600_000;

export function createEvaluationLog(database: Kysely<Tables>, clock: () => Date): EvaluationLog {
  return {
    claim: (most) => claim(database, new Date(clock().getTime() - OLDEST_MILLISECONDS), most),
    sent: async (ids) => {
      if (ids.length > 0) await database.updateTable("pipeline_evaluation").set({ log_sent_at: clock() }).where("id", "in", ids).execute();
    },
  };
}

async function claim(database: Kysely<Tables>, after: Date, most: number): Promise<readonly UnsentEvaluation[]> {
  const claimed = await database
    .updateTable("pipeline_evaluation")
    .set({ log_claimed_until: sql<Date>`clock_timestamp() + interval '2 minutes'` })
    .where("id", "in", (query) =>
      query
        .selectFrom("pipeline_evaluation")
        .select("id")
        .where("log_sent_at", "is", null)
        .where("evaluated_at", ">", after)
        .where(sql<boolean>`coalesce(log_claimed_until < clock_timestamp(), true)`)
        .orderBy("id")
        .limit(most)
        .forUpdate()
        .skipLocked(),
    )
    .returning("id")
    .execute();
  if (claimed.length === 0) return [];
  const rows = await database
    .selectFrom("pipeline_evaluation as evaluation")
    .innerJoin("resource as pipeline", "pipeline.id", "evaluation.pipeline_id")
    .selectAll("evaluation")
    .select(["pipeline.arn", "pipeline.name", "pipeline.owner", "pipeline.region", "pipeline.detail"])
    .where(
      "evaluation.id",
      "in",
      claimed.map(({ id }) => id),
    )
    .orderBy("evaluation.id")
    .execute();
  return rows.map(({ id, arn, name, owner, region, detail, outcome, reason, updates, notes, ...row }) => ({
    ...{ id, pipeline: arn, name, account: owner, region, outcome, reason, updates, notes },
    ...{ dueAt: row.due_at, evaluatedAt: row.evaluated_at, imageArn: row.image_arn },
    loggingConfiguration: (detail as unknown as PipelineDetail).loggingConfiguration,
  }));
}
