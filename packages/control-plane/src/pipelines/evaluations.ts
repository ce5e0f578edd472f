import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { DependencyUpdate, EvaluationOutcome } from "../database/pipeline-tables.js";
import type { ResourceRow, Tables } from "../database/tables.js";

/** Why a pipeline did or did not build when it was due. */
export interface PipelineEvaluation {
  /** The ARN of the pipeline. */
  readonly pipeline: string;
  /** When the run was due; of missed ones the first. */
  readonly dueAt: Date;
  readonly evaluatedAt: Date;
  readonly outcome: EvaluationOutcome;
  readonly reason: string;
  /** The image that was started. */
  readonly imageArn: string | null;
  /** What differs from the last build. */
  readonly updates: readonly DependencyUpdate[];
  /** What could not be looked at, and what else is to be said. */
  readonly notes: readonly string[];
}

/** So many evaluations of a pipeline are kept, and for so long; the newest one in any case. */
const MOST = 100;
const MOST_CHARACTERS = 4096;
const KEPT_MILLISECONDS = 90 * 24 * 3_600_000;

type Pipeline = Pick<ResourceRow, "id" | "arn">;

/** Stores an evaluation in the transaction in which the run is taken; the oldest beyond a number are removed. */
export async function storeEvaluation(
  database: Kysely<Tables>,
  { id, arn }: Pipeline,
  evaluation: Omit<PipelineEvaluation, "pipeline">,
): Promise<PipelineEvaluation> {
  const { dueAt, evaluatedAt, outcome, imageArn, updates } = evaluation;
  const [reason, notes] = [storable(evaluation.reason), evaluation.notes.map(storable)];
  const row = { pipeline_id: id, due_at: dueAt, evaluated_at: evaluatedAt, outcome, reason, image_arn: imageArn };
  await database
    .with("oldest", (query) =>
      query.deleteFrom("pipeline_evaluation").where("id", "in", (old) =>
        old
          .selectFrom("pipeline_evaluation")
          .select("id")
          .where("pipeline_id", "=", id)
          .orderBy("id", "desc")
          .offset(MOST - 1),
      ),
    )
    .insertInto("pipeline_evaluation")
    .values({ ...row, updates: JSON.stringify(updates), notes: JSON.stringify(notes) })
    .execute();
  return { pipeline: arn, ...evaluation, reason, notes };
}

/** Reasons come from other servers too, whose words may be long, or none that a database can store. */
function storable(text: string): string {
  return [...text.replace(/\0|\p{Surrogate}/gu, "\uFFFD")].slice(0, MOST_CHARACTERS).join("");
}

/** The evaluations of a pipeline, the newest first. */
export async function evaluationsOf(database: Kysely<Tables>, { id, arn }: Pipeline, most: number): Promise<readonly PipelineEvaluation[]> {
  const rows = await database
    .selectFrom("pipeline_evaluation")
    .selectAll()
    .where("pipeline_id", "=", id)
    .orderBy("id", "desc")
    .limit(most)
    .execute();
  return rows.map(({ due_at: dueAt, evaluated_at: evaluatedAt, outcome, reason, image_arn: imageArn, updates, notes }) => ({
    ...{ pipeline: arn, dueAt, evaluatedAt, outcome, reason, imageArn, updates, notes },
  }));
}

/** Removes the evaluations that are no longer kept; to be called now and then. */
export async function removeOldEvaluations(database: Kysely<Tables>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MILLISECONDS);
  await sql`
    delete from pipeline_evaluation as old
    where evaluated_at < ${before}
      and exists (select from pipeline_evaluation as newer where newer.pipeline_id = old.pipeline_id and newer.id > old.id)`.execute(
    database,
  );
}
