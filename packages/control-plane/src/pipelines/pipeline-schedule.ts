import { nextRun, parseSchedule, type PipelineSchedule } from "@imagewright/cron-rate";
import type { Api, Checked, OperationName } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import { invalidValue } from "../errors/api-errors.js";
import { faultsOfValue } from "../input/faults-of-value.js";

/** A schedule with what is stored for members that are not given. Source: API model, `Schedule`. */
export function withScheduleDefaults(schedule: Api.Schedule): Api.Schedule {
  return { timezone: "UTC", pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE", ...schedule };
}

/** Throws InvalidParameterValueException with all faults of a schedule. Source: guide chapters 42 and 43. */
export function assertSchedule(operation: OperationName, schedule: Api.Schedule): void {
  const faults = faultsOfValue(parseSchedule(schedule).diagnostics);
  if (faults !== undefined) throw invalidValue(operation, faults.parameter, faults.reason);
}

/** A schedule that has been checked. `setAt` is when it was set: from then on a rate counts. */
export function scheduleOf(schedule: Api.Schedule, setAt: Date): PipelineSchedule {
  const { schedule: read } = parseSchedule(schedule, { startedAt: setAt });
  if (read === undefined) throw new Error(`the stored schedule ${JSON.stringify(schedule)} is not valid`);
  return read;
}

/** The next run as of an instant; undefined if there is none. The first run of a rate is when it was set, that instant included. */
export function nextRunFrom(schedule: PipelineSchedule, instant: Date): Date | undefined {
  const isRate = schedule.expression.kind === "rate";
  return nextRun(schedule, isRate ? new Date(instant.getTime() - 1) : instant);
}

/** The schedule of a stored pipeline. */
export function scheduleIn({ detail }: Pick<ResourceRow, "detail">): Checked<Api.Schedule> | undefined {
  return (detail as { readonly schedule?: Checked<Api.Schedule> }).schedule;
}
