import type { Api, Checked } from "@imagewright/imagebuilder-model";
import type { Listed } from "../../lists/resource-query.js";
import { nextRunFrom, scheduleOf } from "../../pipelines/pipeline-schedule.js";
import type { PipelineState } from "../../pipelines/pipeline-state.js";
import { datesOf } from "../../resources/dates.js";
import { compact } from "../compact.js";

/** The members of a pipeline that `detail` of its row has. */
export type PipelineDetail = Checked<
  Omit<Api.CreateImagePipelineRequest, "name" | "status" | "tags" | "clientToken" | "dryRun"> & Pick<Api.ImagePipeline, "platform">
>;

/** A pipeline as the API shows it at an instant. */
export function imagePipelineOf(row: Listed, state: PipelineState | undefined, now: Date): Api.ImagePipeline {
  const detail = row.detail as unknown as PipelineDetail;
  return compact({
    ...{ arn: row.arn, name: row.name, ...(detail as Api.ImagePipeline) },
    ...{ status: row.status as Api.PipelineStatus, tags: row.tags },
    ...datesOf(row),
    dateLastRun: state?.lastRunAt?.toISOString(),
    lastRunStatus: (state?.lastRunStatus ?? undefined) as Api.ImageStatus | undefined,
    dateNextRun: nextRunOf(row, state, now)?.toISOString(),
    consecutiveFailures: state?.consecutiveFailures ?? 0,
  });
}

function nextRunOf({ detail, status }: Listed, state: PipelineState | undefined, now: Date): Date | undefined {
  const { schedule } = detail as unknown as PipelineDetail;
  const setAt = state?.scheduleSetAt ?? undefined;
  return schedule === undefined || setAt === undefined || status === "DISABLED" ? undefined : nextRunFrom(scheduleOf(schedule, setAt), now);
}
