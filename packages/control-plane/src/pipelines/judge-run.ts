import { shouldStart } from "@imagewright/cron-rate";
import type { DependencyUpdate } from "../database/pipeline-tables.js";
import type { ResourceRow } from "../database/tables.js";
import type { FindContext } from "../resources/find-resource.js";
import { dependenciesOf, versionsOf } from "./dependencies.js";
import { updatesSince } from "./dependency-updates.js";
import { scheduleIn } from "./pipeline-schedule.js";
import { changedContents, contentsOfRun, firstSeen, type ProbedContents } from "./probe-sources.js";
import { runsOfPipeline } from "./run-record.js";
import type { RunReference, RunUses } from "./run-uses.js";

/** Whether a scheduled run builds, and why. */
export interface RunVerdict {
  readonly isToBuild: boolean;
  readonly reason: string;
  readonly updates: readonly DependencyUpdate[];
  /** The fingerprints that a run uses which starts now. */
  readonly contents?: RunUses["contents"];
  /** Of one that is skipped: what it would use, with the fingerprints that were never seen before. */
  readonly seen?: RunUses;
}

/**
 * Decides whether the scheduled run of a pipeline builds: not as long as the image of the last one has not ended; else by its start
 * condition. A pipeline without a build has everything to build. Source: API model, `Schedule.pipelineExecutionStartCondition`; guide
 * chapters 03 and 40; decision 36.
 */
export async function judgeRun(context: FindContext, pipeline: ResourceRow, probed: ProbedContents): Promise<RunVerdict> {
  const { reference, unended } = await runsOfPipeline(context.database, pipeline);
  if (unended !== undefined) return { isToBuild: false, reason: unendedReason(unended), updates: [] };
  const { pipelineExecutionStartCondition: condition = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" } = scheduleIn(pipeline) ?? {};
  if (condition === "EXPRESSION_MATCH_ONLY") {
    const { answer, reason } = shouldStart({ startCondition: condition }, false);
    return { isToBuild: answer, reason, updates: [] };
  }
  const dependencies = await dependenciesOf(context, pipeline);
  // the start says what is missing
  if (dependencies === undefined) return { isToBuild: true, reason: "the recipe is gone", updates: [] };
  const updates = [...updatesSince(reference, dependencies.all), ...changedContents(reference, probed)];
  const withoutBuild = withoutBuildReason(reference);
  const { answer, reason } = shouldStart({ startCondition: condition }, updates.length > 0 || withoutBuild !== undefined);
  if (answer)
    return {
      ...{ isToBuild: true, updates, contents: contentsOfRun(reference, probed) },
      reason: withoutBuild ?? updates.map(({ text }) => text).join("; "),
    };
  return { isToBuild: false, reason, updates, seen: { versions: versionsOf(dependencies.all), contents: firstSeen(reference, probed) } };
}

function withoutBuildReason({ kind }: RunReference): string | undefined {
  if (kind === "never-run") return "the pipeline has never run";
  return kind === "never-built" ? "no run of the pipeline has succeeded yet" : undefined;
}

/** Two images of a pipeline at once would be of the same updates. */
function unendedReason({ arn, status }: { readonly arn: string; readonly status: string }): string {
  return `the image of the last scheduled run, ${arn}, has not ended; it is ${status}`;
}
