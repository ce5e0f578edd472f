import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { evaluationsOf, type PipelineEvaluation } from "./evaluations.js";
import { findPipeline } from "./find-pipeline.js";
import { listedPipeline, type ListedPipeline } from "./list-pipelines.js";
import { ownerContext } from "./owner-context.js";
import { scheduleIn } from "./pipeline-schedule.js";
import { probeSources, type ProbeOptions } from "./probe-sources.js";
import { decideRun, failure, type RunOutcome } from "./run-pipeline.js";
import { sourcesOfPipeline } from "./sources-of-pipeline.js";

/** Why a pipeline does or does not build. */
export interface PipelineExplanation extends ListedPipeline {
  /** The last evaluations, the newest first. */
  readonly evaluations: readonly PipelineEvaluation[];
  /** What would become of a scheduled run that were due now, as if it were enabled; null without a schedule. */
  readonly ifDueNow: Omit<RunOutcome, "imageArn"> | null;
}

/** Says why; what would happen now is really done, and taken back. Throws `no-such-pipeline`, `several-pipelines`. */
export async function explainPipeline(
  database: Kysely<Tables>,
  services: Services,
  { nameOrArn, most, ...probing }: ProbeOptions & { readonly nameOrArn: string; readonly most: number },
): Promise<PipelineExplanation> {
  const pipeline = await findPipeline(database, nameOrArn);
  const listed = await listedPipeline(database, pipeline);
  const evaluations = await evaluationsOf(database, pipeline, most);
  const ifDueNow = scheduleIn(pipeline) === undefined ? null : await tryRun(database, services, pipeline, probing);
  return { ...listed, evaluations, ifDueNow };
}

class TakenBack extends Error {
  constructor(readonly outcome: RunOutcome) {
    super("taken back");
  }
}

async function tryRun(
  database: Kysely<Tables>,
  services: Services,
  pipeline: ResourceRow,
  probing: ProbeOptions,
): Promise<Omit<RunOutcome, "imageArn">> {
  try {
    const probed = await probeSources(await sourcesOfPipeline(ownerContext(database, services, pipeline), pipeline), probing);
    await database.transaction().execute(async (transaction) => {
      throw new TakenBack(await decideRun(ownerContext(transaction, services, pipeline), pipeline, probed));
    });
    throw new Error("it was not taken back");
  } catch (thrown) {
    const { outcome, reason, updates, notes } = thrown instanceof TakenBack ? thrown.outcome : failure(thrown);
    return { outcome, reason, updates, notes };
  }
}
