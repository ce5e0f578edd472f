/**
 * The days of a month on which a cron expression runs: the union of all members. Masks of days have bit n-1 for day n,
 * masks of weekdays bit n-1 for weekday n, where 1 is Sunday.
 */
export interface DayRule {
  readonly days: number;
  /** Bit n: the day n days before the month's last; bit 0 is the last day. */
  readonly fromLast: number;
  /** Days with `W`: the nearest weekday (Monday to Friday) of the same month. */
  readonly nearest: number;
  /** Whether the expression has `LW`: the month's last weekday (Monday to Friday). */
  readonly lastWorkday: boolean;
  readonly weekdays: number;
  /** The first to fifth of a weekday: bit n-1 of entry w-1 is the nth weekday w of the month. */
  readonly nth: readonly number[];
  /** Days of the week with `L`: the last of them in the month. */
  readonly lastOf: number;
}

/** A `cron(…)` expression: the values of each field in ascending order, all wildcards resolved. */
export interface CronExpression {
  readonly kind: "cron";
  /** As written, within `cron(…)`. */
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DayRule;
  readonly months: readonly number[];
  readonly years: readonly number[];
}

export type RateUnit = "minute" | "hour" | "day";

/** A `rate(…)` expression: one run at its start and one after each interval. A day has 24 hours in every time zone. */
export interface RateExpression {
  readonly kind: "rate";
  /** As written. */
  readonly text: string;
  readonly value: number;
  readonly unit: RateUnit;
  /** Milliseconds between two runs. */
  readonly interval: number;
}

export type Expression = CronExpression | RateExpression;
