import type { ListedPipeline, PipelineExplanation } from "@imagewright/control-plane";
import { joinSafe, safe, type SafeText } from "@imagewright/diagnostics";
import { renderTable } from "./table.js";

/** A line for each pipeline. */
export function renderPipelines(pipelines: readonly ListedPipeline[]): SafeText {
  const rows = pipelines.map(({ status, nextRun, lastRun, lastRunStatus, arn }) => [
    ...[status, nextRun?.toISOString() ?? "", lastRun?.toISOString() ?? "", lastRunStatus ?? "", arn],
  ]);
  return renderTable(["STATUS", "NEXT RUN", "LAST RUN", "ITS IMAGE", "PIPELINE"], rows);
}

const WORDS = { built: "it would build", skipped: "it would not build", missed: "", failed: "it would fail" } as const;

/** What a pipeline is, what would become of a run that were due now, and what became of those before. */
export function renderWhy({ evaluations, ifDueNow, ...pipeline }: PipelineExplanation): SafeText {
  const now =
    ifDueNow === null
      ? [safe`it has no schedule; it runs when somebody starts it`]
      : [safe`if it were due now, ${WORDS[ifDueNow.outcome]}: ${ifDueNow.reason}`, ...ifDueNow.notes.map((note) => safe`  ${note}`)];
  const rows = evaluations.map(({ dueAt, outcome, reason, imageArn, notes }) => [
    ...[dueAt.toISOString(), outcome, [reason, ...(imageArn === null ? [] : [imageArn]), ...notes].join("; ")],
  ]);
  const past = rows.length === 0 ? safe`it was never due` : renderTable(["DUE", "OUTCOME", "WHY"], rows);
  return joinSafe([...headLines(pipeline), safe``, ...now, safe``, past], "\n");
}

function headLines({ arn, status, schedule, nextRun, lastRun, lastRunStatus, consecutiveFailures }: ListedPipeline): readonly SafeText[] {
  const image = lastRunStatus === null ? "its image is gone" : `its image is ${lastRunStatus}`;
  const rows: readonly (readonly [string, string])[] = [
    ["pipeline", arn],
    ["status", consecutiveFailures === 0 ? status : `${status}; scheduled runs that failed in a row: ${consecutiveFailures}`],
    ["schedule", schedule ?? "none"],
    ["next run", nextRun?.toISOString() ?? "none"],
    ["last run", lastRun === null ? "none" : `${lastRun.toISOString()}; ${image}`],
  ];
  return rows.map(([name, value]) => safe`${name.padEnd(8)} ${value}`);
}
