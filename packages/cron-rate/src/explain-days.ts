import { count } from "@imagewright/diagnostics";
import type { CronExpression, DayRule } from "./expression.js";
import { DAY, MONTH, WEEKDAY } from "./fields.js";
import { joined, numbersInWords, valuesIn } from "./words.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** The days of a cron expression: `every Sunday`, `on the second Tuesday of every month`, `on day 1 of January and July`. */
export function daysInWords({ days, months }: Pick<CronExpression, "days" | "months">): string {
  const allYear = months.length === MONTH.all.length;
  const monthNames = numbersInWords(months, (month) => MONTHS[month - 1] ?? "");
  const single = singleDays(days);
  const weekly = everyWeekday(days.weekdays);
  if (days.days === maskOfAll(DAY.all) || days.weekdays === maskOfAll(WEEKDAY.all)) return `every day${allYear ? "" : ` in ${monthNames}`}`;
  if (single.length === 0) return `${weekly}${allYear ? "" : ` in ${monthNames}`}`;
  return `on ${joined(weekly === "" ? single : [weekly, ...single])} of ${allYear ? "every month" : monthNames}`;
}

/** The days that are defined by their position in the month. */
function singleDays(rule: DayRule): string[] {
  const days = valuesIn(rule.days);
  const parts = days.length === 0 ? [] : [`${days.length === 1 ? "day" : "the days"} ${numbersInWords(days)}`];
  for (const day of valuesIn(rule.nearest)) parts.push(`the day from Monday to Friday nearest to day ${day}`);
  for (const bit of valuesIn(rule.fromLast)) parts.push(bit === 1 ? "the last day" : `the day ${count(bit - 1, "day")} before the last`);
  if (rule.lastWorkday) parts.push("the last day from Monday to Friday");
  for (const [index, weekday] of WEEKDAYS.entries()) {
    for (const week of valuesIn(rule.nth[index] ?? 0)) parts.push(`the ${ORDINALS[week - 1]} ${weekday}`);
  }
  for (const weekday of valuesIn(rule.lastOf)) parts.push(`the last ${WEEKDAYS[weekday - 1]}`);
  return parts;
}

/** `every Friday to Monday`: a range that wraps around the end of the week starts with its first day. */
function everyWeekday(mask: number): string {
  const weekdays = valuesIn(mask);
  if (weekdays.length === 0) return "";
  const start = weekdays.includes(1) ? weekdays.find((weekday) => weekday > 1 && !weekdays.includes(weekday - 1)) : undefined;
  const wraps = start !== undefined && weekdays.includes(7);
  const ordered = wraps
    ? [...weekdays.filter((weekday) => weekday >= start), ...weekdays.filter((weekday) => weekday < start).map((weekday) => weekday + 7)]
    : weekdays;
  return `every ${numbersInWords(ordered, (weekday) => WEEKDAYS[(weekday - 1) % 7] ?? "")}`;
}

function maskOfAll(values: readonly number[]): number {
  return 2 ** values.length - 1;
}
