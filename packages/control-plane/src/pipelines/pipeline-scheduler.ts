import { describeCause } from "@imagewright/diagnostics";
import { NO_TRACES, type Traces } from "@imagewright/traces";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { earliestDue, listDue } from "./due-pipelines.js";
import { createEvaluationLog, type EvaluationLog } from "./evaluation-log.js";
import type { PipelineEvaluation } from "./evaluations.js";
import { explainPipeline, type PipelineExplanation } from "./explain-pipeline.js";
import { listPipelines, type ListedPipeline } from "./list-pipelines.js";
import { ownerContext } from "./owner-context.js";
import { NOTHING_PROBED, probeSources, type ProbedContents, type ProbeOptions } from "./probe-sources.js";
import { runPipeline, type RunPlace } from "./run-pipeline.js";
import { sourcesOfPipeline } from "./sources-of-pipeline.js";

/** Runs the schedules of pipelines, and says why they do or do not build. */
export interface PipelineScheduler {
  /**
   * Runs the pipelines that are due, at most `most`, the earliest first: decides by the start condition whether each builds, and starts its
   * image. Several servers may do this at once; each run is started by one of them. Returns what became of those that were this call's.
   * Traces are told a span for each, with which the image goes on. Sources outside of the database are looked at by `probe`, before the
   * transaction. Throws what the database throws, once all were tried.
   */
  runDue(options: ProbeOptions & { readonly most: number; readonly traces?: Traces | undefined }): Promise<readonly PipelineEvaluation[]>;
  /** What is to be sent of the evaluations to logs elsewhere. */
  readonly log: EvaluationLog;
  /** When the next pipeline is due; undefined if none is scheduled. */
  nextDue(): Promise<Date | undefined>;
  /** The pipelines of all accounts and Regions, by ARN. */
  list(most: number): Promise<readonly ListedPipeline[]>;
  /** Why a pipeline did or did not build, and what would happen now. Errors: no-such-pipeline, several-pipelines. */
  explain(question: ProbeOptions & { readonly nameOrArn: string; readonly most: number }): Promise<PipelineExplanation>;
}

export function createPipelineScheduler(database: Kysely<Tables>, services: Services): PipelineScheduler {
  return {
    runDue: async ({ most, traces = NO_TRACES, ...probing }) => {
      const due = await listDue({ database, now: services.clock() }, most);
      return runEach({ database, services, traces }, due, probing);
    },
    log: createEvaluationLog(database, services.clock),
    nextDue: () => earliestDue(database),
    list: (most) => listPipelines(database, most),
    explain: (question) => explainPipeline(database, services, question),
  };
}

/** Those that need nothing from outside first: the others may wait for an answer, all at once. */
async function runEach(place: RunPlace, due: readonly ResourceRow[], probing: ProbeOptions): Promise<readonly PipelineEvaluation[]> {
  const { database, services } = place;
  const [evaluations, failures, waiting]: [PipelineEvaluation[], unknown[], (() => Promise<void>)[]] = [[], [], []];
  const run = async (pipeline: ResourceRow, probed: ProbedContents) => {
    if (probing.signal?.aborted === true) return;
    try {
      evaluations.push(...(await runPipeline(place, pipeline, probed)));
    } catch (thrown) {
      failures.push(thrown);
    }
  };
  for (const pipeline of due) {
    const needed = await sourcesOf(database, services, pipeline);
    if (needed.sources.length === 0) await run(pipeline, { ...NOTHING_PROBED, notes: needed.notes });
    else waiting.push(async () => run(pipeline, await probeSources(needed, probing)));
  }
  await Promise.all(waiting.map((work) => work()));
  if (failures.length > 0) throw failures[0];
  return evaluations;
}

/** What cannot be found out is told by the evaluation, and keeps no pipeline from its run. */
async function sourcesOf(database: Kysely<Tables>, services: Services, pipeline: ResourceRow) {
  try {
    return await sourcesOfPipeline(ownerContext(database, services, pipeline), pipeline);
  } catch (thrown) {
    return { sources: [], notes: [`what else the pipeline depends on could not be found out: ${describeCause(thrown)}`] };
  }
}
