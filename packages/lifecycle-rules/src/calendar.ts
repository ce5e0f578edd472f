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
 * The instant a period after another, both in milliseconds UTC. Days have 24 hours. Months and years keep the day of the
 * month and the time of day; a day that the month does not have becomes its last: January 31 and 1 month is February 28 or 29.
 */
export function addPeriod(time: number, { value, unit }: Period): number {
  if (unit === "DAYS" || unit === "WEEKS") return time + value * LONGEST_DAYS[unit] * MILLISECONDS_PER_DAY;
  const date = new Date(time);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === "YEARS" ? value * 12 : value);
  const lastDay = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  return Date.UTC(Math.floor(month / 12), month % 12, Math.min(date.getUTCDate(), lastDay)) + timeOfDay(time);
}

/** The last instant from which the period is over at `at`: anything created up to then is at least that old. */
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

// a list of images has few days and many images, and a day has few seconds
const days = new Map<number, string>();
const MOST_DAYS = 50_000;
const clock: (string | undefined)[] = new Array<undefined>(MILLISECONDS_PER_DAY / 1000).fill(undefined);

/** `2027-01-31`, and the time of day where it is not midnight: `2027-01-31T08:30:00Z`. */
export function dateText(time: number): string {
  return dayText(Math.floor(time / MILLISECONDS_PER_DAY), timeOfDay(time));
}

/** The same from a day, counted from 1970-01-01, and the milliseconds of the day. */
export function dayText(day: number, milliseconds: number): string {
  let text = days.get(day);
  if (text === undefined) {
    text = new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, -14);
    if (days.size < MOST_DAYS) days.set(day, text);
  }
  const second = Math.floor(milliseconds / 1000);
  return second === 0 ? text : text + (clock[second] ??= new Date(second * 1000).toISOString().slice(10, 19) + "Z");
}

export function timeOfDay(time: number): number {
  return ((time % MILLISECONDS_PER_DAY) + MILLISECONDS_PER_DAY) % MILLISECONDS_PER_DAY;
}
