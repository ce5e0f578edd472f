import type { EnumValue } from "@imagewright/imagebuilder-model";
import type { Expression } from "./expression.js";
import type { TimeZone } from "./time-zone.js";

/** When to run. */
export interface Schedule {
  readonly expression: Expression;
  /** Whose clocks a cron expression means; UTC where it is missing. A rate is the same in every zone. */
  readonly timeZone?: TimeZone;
  /** When the schedule was created: a rate runs then and counts from there. A cron expression does not need it. */
  readonly startedAt?: Date;
}

export type StartCondition = EnumValue<"PipelineExecutionStartCondition">;

/** The schedule of a pipeline: when it is due, and what makes it start or stop. */
export interface PipelineSchedule extends Schedule {
  readonly startCondition: StartCondition;
  /** How many scheduled builds have to fail in a row until the pipeline is disabled. */
  readonly failuresToDisable: number;
}
