import type { EnumValue } from "@imagewright/imagebuilder-model";
import type { Expression } from "./expression.js";
import type { TimeZone } from "./time-zone.js";

/** When something runs. */
export interface Schedule {
  readonly expression: Expression;
  /** The time zone of a cron expression; UTC if absent. A rate does not depend on it. */
  readonly timeZone?: TimeZone;
  /** The creation date of the schedule: a rate has its first run then. A cron expression does not depend on it. */
  readonly startedAt?: Date;
}

export type StartCondition = EnumValue<"PipelineExecutionStartCondition">;

/** The schedule of a pipeline: when it is due, and what makes it start or stop. */
export interface PipelineSchedule extends Schedule {
  readonly startCondition: StartCondition;
  /** After how many failed scheduled builds in a row the pipeline is disabled. */
  readonly failuresToDisable: number;
}
