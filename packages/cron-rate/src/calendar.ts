import type { DayRule } from "./expression.js";

// the days 1, 8, 15, 22 and 29
const SAME_WEEKDAY = 0b10000001000000100000010000001;

/** The number of days of a month (1 to 12). */
export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The number of days from 1970-01-01 to a date of the Gregorian calendar; several times faster than Date. */
export function dayNumber(year: number, month: number, day: number): number {
  // counted from March, the leap day is the last day of the year
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * marchYear + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + dayOfYear - 719_468;
}

/** The days of a month that a rule matches, as a mask with bit n-1 for day n. */
export function matchingDays(rule: DayRule, year: number, month: number): number {
  const length = daysIn(year, month);
  let mask = rule.days;
  if (rule.fromLast !== 0) mask |= fromLastDays(rule.fromLast, length);
  if (rule.nearest !== 0 || rule.lastWorkday || rule.weekdays !== 0 || rule.nth.length > 0 || rule.lastOf !== 0) {
    // 0 is Sunday
    const first = (dayNumber(year, month, 1) + 4) % 7;
    if (rule.nearest !== 0 || rule.lastWorkday) mask |= workdays(rule, length, first);
    mask |= weekdayDays(rule, length, first);
  }
  return mask & (2 ** length - 1);
}

function fromLastDays(fromLast: number, length: number): number {
  let mask = 0;
  for (let back = 0; back < length; back++) if ((fromLast >> back) & 1) mask |= 1 << (length - 1 - back);
  return mask;
}

/** `15W` and `LW`; both stay within their month, and a day that the month does not have matches nothing. */
function workdays({ nearest, lastWorkday }: DayRule, length: number, first: number): number {
  let mask = 0;
  for (let day = 1; day <= length; day++) if ((nearest >> (day - 1)) & 1) mask |= 1 << (nearestWorkday(day, length, first) - 1);
  if (lastWorkday) mask |= 1 << (nearestWorkday(length, length, first) - 1);
  return mask;
}

function nearestWorkday(day: number, length: number, first: number): number {
  const weekday = (first + day - 1) % 7;
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === length ? day - 2 : day + 1;
  return day;
}

function weekdayDays(rule: DayRule, length: number, first: number): number {
  let mask = 0;
  for (let weekday = 0; weekday < 7; weekday++) {
    const earliest = (weekday - first + 7) % 7;
    const nth = rule.nth[weekday] ?? 0;
    if ((rule.weekdays >> weekday) & 1) mask |= SAME_WEEKDAY << earliest;
    for (let week = 0; nth >> week !== 0; week++) if ((nth >> week) & 1) mask |= dayBit(earliest + 7 * week);
    if ((rule.lastOf >> weekday) & 1) mask |= dayBit(earliest + 7 * Math.floor((length - 1 - earliest) / 7));
  }
  return mask;
}

/** The bit of a day counted from 0; shifting by 32 or more would wrap around to the first days. */
function dayBit(index: number): number {
  return index > 30 ? 0 : 1 << index;
}
