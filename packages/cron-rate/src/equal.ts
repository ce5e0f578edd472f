import { matchingDays } from "./calendar.js";
import type { CronExpression } from "./expression.js";
import { YEAR } from "./fields.js";
import { nextMatch } from "./match.js";
import type { Schedule } from "./schedule.js";
import { UTC } from "./time-zone.js";

/**
 * Whether two schedules have the same runs, however they are written: `MON-FRI` is `2-6`, `rate(24 hours)` is `rate(1 day)`,
 * `L` in February 2021 is `28`. Names of the same zone are equal, such as US/Eastern and America/New_York; different zones are not,
 * even while their clocks agree. A rate never equals a cron expression. Two rates also need the same start, or both none.
 */
export function equalSchedules(a: Schedule, b: Schedule): boolean {
  if (a.expression.kind === "rate") {
    return (
      b.expression.kind === "rate" && a.expression.interval === b.expression.interval && a.startedAt?.getTime() === b.startedAt?.getTime()
    );
  }
  if (b.expression.kind === "rate") return false;
  const [first, second] = [nextMatch(a.expression, 0), nextMatch(b.expression, 0)];
  if (first === undefined || first !== second) return first === second;
  if ((a.timeZone ?? UTC).id !== (b.timeZone ?? UTC).id) return false;
  return (
    sameNumbers(a.expression.minutes, b.expression.minutes) &&
    sameNumbers(a.expression.hours, b.expression.hours) &&
    sameDays(a.expression, b.expression)
  );
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

/** Whether the same days match in every month from 1970 to 2199; these are few enough to compare each. */
function sameDays(a: CronExpression, b: CronExpression): boolean {
  return YEAR.all.every((year) => {
    for (let month = 1; month <= 12; month++) if (daysOf(a, year, month) !== daysOf(b, year, month)) return false;
    return true;
  });
}

function daysOf({ years, months, days }: CronExpression, year: number, month: number): number {
  return years.includes(year) && months.includes(month) ? matchingDays(days, year, month) : 0;
}
