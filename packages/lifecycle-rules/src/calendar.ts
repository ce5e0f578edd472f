import type { EnumValue } from "@imagewright/imagebuilder-model";

/** A unit in which ages are written. */
export type TimeUnit = EnumValue<"LifecyclePolicyTimeUnit">;

/** A period of a policy, such as 6 months. */
export interface Period {
  readonly value: number;
  readonly unit: TimeUnit;
}

export const MILLISECONDS_PER_DAY = 86_400_000;
const LONGEST_DAYS: Readonly<Record<TimeUnit, number>> = { DAYS: 1, WEEKS: 7, MONTHS: 31, YEARS: 366 };

/**
 * Adds a period to an instant (milliseconds UTC). Days have 24 hours. Months and years keep the day of the month and the time of day; a day
 * that the month does not have becomes its last: January 31 plus 1 month is February 28 or 29.
 */
export function addPeriod(time: number, { value, unit }: Period): number {
  if (unit === "DAYS" || unit === "WEEKS") return time + value * LONGEST_DAYS[unit] * MILLISECONDS_PER_DAY;
  const date = new Date(time);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === "YEARS" ? value * 12 : value);
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  return Date.UTC(Math.floor(month / 12), month % 12, Math.min(date.getUTCDate(), lastDay)) + timeOfDay(time);
}

/** The last instant (milliseconds UTC) that is at least a period before `at`: what was created up to then is at least that old. */
export function lastStart(at: number, period: Period): number {
  let over = at - period.value * LONGEST_DAYS[period.unit] * MILLISECONDS_PER_DAY - MILLISECONDS_PER_DAY;
  let notOver = at + 1;
  while (notOver - over > 1) {
    const middle = Math.floor((over + notOver) / 2);
    if (addPeriod(middle, period) <= at) over = middle;
    else notOver = middle;
  }
  return over;
}

/** `1 day`, `6 months`. */
export function periodText({ value, unit }: Period): string {
  const name = unit.toLowerCase();
  return `${value} ${value === 1 ? name.slice(0, -1) : name}`;
}

// formatted texts are cached: a list has many images of few days, and a day has few seconds
const dayTexts = new Map<number, string>();
const MOST_DAYS = 50_000;
const clockTexts: (string | undefined)[] = new Array<undefined>(MILLISECONDS_PER_DAY / 1000).fill(undefined);

/** Formats an instant (milliseconds UTC): `2027-01-31`, or `2027-01-31T08:30:00Z` if it is not midnight. */
export function dateText(time: number): string {
  return dayText(Math.floor(time / MILLISECONDS_PER_DAY), timeOfDay(time));
}

/** Formats a day, counted from 1970-01-01, and the milliseconds of the day in the same way. */
export function dayText(day: number, milliseconds: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, -14);
    if (dayTexts.size < MOST_DAYS) dayTexts.set(day, text);
  }
  const second = Math.floor(milliseconds / 1000);
  return second === 0 ? text : text + (clockTexts[second] ??= new Date(second * 1000).toISOString().slice(10, 19) + "Z");
}

/** The milliseconds since midnight UTC. */
export function timeOfDay(time: number): number {
  return ((time % MILLISECONDS_PER_DAY) + MILLISECONDS_PER_DAY) % MILLISECONDS_PER_DAY;
}
