import { daysInWords } from "./explain-days.js";
import type { CronExpression, Expression } from "./expression.js";
import { HOUR, MINUTE, YEAR } from "./fields.js";
import { nextMatch } from "./match.js";
import type { Schedule } from "./schedule.js";
import { UTC } from "./time-zone.js";
import { joined, numbersInWords } from "./words.js";

const MOST_TIMES = 6;

/**
 * Explains a schedule in one English sentence without a period: `at 18:00 every Monday to Friday, UTC`. Days of the week have their names;
 * the time zone has the name that was given.
 */
export function explain(schedule: Schedule): string {
  const { expression, timeZone = UTC, startedAt } = schedule;
  if (expression.kind === "rate")
    return `${rateInWords(expression)} from ${startedAt === undefined ? "its start" : startedAt.toISOString()}`;
  const never = nextMatch(expression, 0) === undefined ? "never: " : "";
  const years = expression.years.length === YEAR.all.length ? "" : `, in ${numbersInWords(expression.years)}`;
  return `${never}${timesInWords(expression)} ${daysInWords(expression)}${years}, ${timeZone.name === "UTC" ? "UTC" : `${timeZone.name} time`}`;
}

function rateInWords({ value, unit }: Extract<Expression, { kind: "rate" }>): string {
  return value === 1 ? `every ${unit}` : `every ${value} ${unit}s`;
}

function timesInWords({ hours, minutes }: CronExpression): string {
  if (hours.length * minutes.length <= MOST_TIMES) {
    return `at ${joined(hours.flatMap((hour) => minutes.map((minute) => `${twoDigits(hour)}:${twoDigits(minute)}`)))}`;
  }
  const hoursText = numbersInWords(hours);
  const ofHours =
    hours.length === HOUR.all.length ? "of every hour" : hours.length === 1 ? `of hour ${hoursText}` : `of the hours ${hoursText}`;
  if (minutes.length === MINUTE.all.length) return hours.length === HOUR.all.length ? "every minute" : `every minute ${ofHours}`;
  return `at ${minutes.length === 1 ? "minute" : "the minutes"} ${numbersInWords(minutes)} ${ofHours}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
