import { dayNumber, matchingDays } from "./calendar.js";
import type { CronExpression } from "./expression.js";

/**
 * A local date and time in minutes since 1970-01-01T00:00 local time. It has no time zone, so it may be a time that the clocks of a zone
 * skip or show twice.
 */
export type LocalMinute = number;

const MINUTES_A_DAY = 1440;
type Search = Pick<CronExpression, "minutes" | "hours" | "days" | "months" | "years">;

/** The first local minute at or after `from` that the expression matches; undefined when none follows. */
export function nextMatch(cron: Search, from: LocalMinute): LocalMinute | undefined {
  const start = parts(from);
  for (let y = indexAtLeast(cron.years, start.year); y < cron.years.length; y++) {
    const year = cron.years[y] as number;
    const inYear = year === start.year;
    for (let m = inYear ? indexAtLeast(cron.months, start.month) : 0; m < cron.months.length; m++) {
      const month = cron.months[m] as number;
      const inMonth = inYear && month === start.month;
      let days = matchingDays(cron.days, year, month);
      if (inMonth) days &= ~((1 << (start.day - 1)) - 1);
      for (; days !== 0; days &= days - 1) {
        const day = 32 - Math.clz32(days & -days);
        const time = inMonth && day === start.day ? nextTime(cron, start.hour, start.minute) : nextTime(cron, 0, 0);
        if (time !== undefined) return dayNumber(year, month, day) * MINUTES_A_DAY + time;
      }
    }
  }
  return undefined;
}

/** The last local minute at or before `from` that the expression matches; undefined when none precedes. */
export function previousMatch(cron: Search, from: LocalMinute): LocalMinute | undefined {
  const start = parts(from);
  for (let y = indexAtLeast(cron.years, start.year + 1) - 1; y >= 0; y--) {
    const year = cron.years[y] as number;
    const inYear = year === start.year;
    for (let m = (inYear ? indexAtLeast(cron.months, start.month + 1) : cron.months.length) - 1; m >= 0; m--) {
      const month = cron.months[m] as number;
      const inMonth = inYear && month === start.month;
      let days = matchingDays(cron.days, year, month);
      if (inMonth) days &= 2 ** start.day - 1;
      while (days !== 0) {
        const day = 32 - Math.clz32(days);
        const time = inMonth && day === start.day ? previousTime(cron, start.hour, start.minute) : previousTime(cron, 23, 59);
        if (time !== undefined) return dayNumber(year, month, day) * MINUTES_A_DAY + time;
        days &= ~(1 << (day - 1));
      }
    }
  }
  return undefined;
}

function nextTime({ hours, minutes }: Search, hour: number, minute: number): number | undefined {
  const h = indexAtLeast(hours, hour);
  if (hours[h] === hour) {
    const later = minutes[indexAtLeast(minutes, minute)];
    if (later !== undefined) return hour * 60 + later;
  }
  const nextHour = hours[hours[h] === hour ? h + 1 : h];
  return nextHour === undefined || minutes[0] === undefined ? undefined : nextHour * 60 + minutes[0];
}

function previousTime({ hours, minutes }: Search, hour: number, minute: number): number | undefined {
  const h = indexAtLeast(hours, hour + 1) - 1;
  if (hours[h] === hour) {
    const earlier = minutes[indexAtLeast(minutes, minute + 1) - 1];
    if (earlier !== undefined) return hour * 60 + earlier;
  }
  const lastHour = hours[hours[h] === hour ? h - 1 : h];
  const lastMinute = minutes.at(-1);
  return lastHour === undefined || lastMinute === undefined ? undefined : lastHour * 60 + lastMinute;
}

/** The index of the first of ascending values that is not below the bound; their number when all are. */
function indexAtLeast(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function parts(local: LocalMinute) {
  const date = new Date(Math.floor(local / MINUTES_A_DAY) * MINUTES_A_DAY * 60_000);
  const time = local - Math.floor(local / MINUTES_A_DAY) * MINUTES_A_DAY;
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(time / 60),
    minute: time % 60,
  };
}
