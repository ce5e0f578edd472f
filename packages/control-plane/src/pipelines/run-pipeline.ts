import { describeCause } from "@imagewright/diagnostics";
import { ApiError } from "@imagewright/imagebuilder-model";
import type { Traces } from "@imagewright/traces";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import type { PipelineDetail } from "../operations/image-pipeline/image-pipeline.js";
import { startPipelineRun } from "../operations/image-pipeline/start-pipeline-run.js";
import type { Services } from "../services.js";
import { takeDue, type TakenPipeline } from "./due-pipelines.js";
import { withEvaluationSpan } from "./evaluation-span.js";
import { storeEvaluation, type PipelineEvaluation } from "./evaluations.js";
import { inSavepoint } from "./in-savepoint.js";
import { judgeRun } from "./judge-run.js";
import { ownerContext } from "./owner-context.js";
import type { ProbedContents } from "./probe-sources.js";
import { rememberContents } from "./remember-contents.js";
import { countFailure } from "./run-record.js";

/** What runs are started with. */
export interface RunPlace {
  readonly database: Kysely<Tables>;
  readonly services: Services;
  readonly traces: Traces;
}

/** What became of a run, without its pipeline and times. */
export type RunOutcome = Pick<PipelineEvaluation, "outcome" | "reason" | "imageArn" | "updates" | "notes">;

/**
 * Takes the scheduled run of a pipeline, decides and starts it, and stores what became of it, all in one transaction: however many servers
 * do this, and whenever one is killed, the run is started once. Returns the evaluations, none if another server has it. Throws what the
 * database throws; the run is due as before then.
 */
export function runPipeline(
  { database, services, traces }: RunPlace,
  { id }: Pick<ResourceRow, "id">,
  probed: ProbedContents,
): Promise<readonly PipelineEvaluation[]> {
  return withEvaluationSpan(traces, (begin) =>
    database.transaction().execute(async (transaction) => {
      const taken = await takeDue({ database: transaction, now: services.clock() }, id);
      if (taken === undefined) return [];
      const context = ownerContext(transaction, services, taken.pipeline, begin(taken));
      const evaluatedAt = context.now;
      const evaluations: PipelineEvaluation[] = [];
      const { missed, pipeline } = taken;
      if (missed !== undefined) {
        const row = { outcome: "missed", reason: missed.reason, imageArn: null, updates: [], notes: [] } as const;
        evaluations.push(await storeEvaluation(transaction, pipeline, { ...row, dueAt: missed.since, evaluatedAt }));
      }
      const outcome = await runTaken(context, taken, probed);
      evaluations.push(await storeEvaluation(transaction, pipeline, { ...outcome, dueAt: taken.at, evaluatedAt }));
      return evaluations;
    }),
  );
}

/** A run that cannot be started is a failed one, and is not tried again before the next time of the schedule. */
async function runTaken(context: CallContext, { pipeline, problem }: TakenPipeline, probed: ProbedContents): Promise<RunOutcome> {
  if (problem !== undefined) return failure(problem, ["the pipeline has no further run until its schedule is set again"]);
  const attempt = await inSavepoint(context.database, () => decideRun(context, pipeline, probed));
  if ("result" in attempt) return attempt.result;
  const disabled = await countFailure(context.database, pipeline);
  return failure(attempt.thrown, disabled === undefined ? [] : [disabled]);
}

/** Decides whether a pipeline builds now, and starts the image if it does. Throws why it cannot be started. */
export async function decideRun(context: CallContext, pipeline: ResourceRow, probed: ProbedContents): Promise<RunOutcome> {
  const { isToBuild, reason, updates, contents, seen } = await judgeRun(context, pipeline, probed);
  const { notes } = probed;
  if (!isToBuild) {
    await rememberContents(context.database, pipeline, seen);
    return { outcome: "skipped", reason, imageArn: null, updates, notes };
  }
  const { imageTags: tags } = pipeline.detail as unknown as PipelineDetail;
  const { arn: imageArn } = await startPipelineRun(context, pipeline, { buildType: "SCHEDULED", tags, contents });
  return { outcome: "built", reason, imageArn, updates, notes };
}

/** A run that could not be started, with the reason as the API says it. */
export function failure(thrown: unknown, notes: readonly string[] = []): RunOutcome {
  const reason = thrown instanceof ApiError ? `${thrown.name}: ${thrown.message}` : describeCause(thrown);
  return { outcome: "failed", reason: `the image could not be started: ${reason}`, imageArn: null, updates: [], notes };
}
