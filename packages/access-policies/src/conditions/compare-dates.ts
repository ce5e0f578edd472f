import { comparing, type OrderTest } from "./compare-numbers.js";
import { keepingLast } from "./last-reading.js";

const readFoundDate = keepingLast(readDate);

export const compareDates = (order: OrderTest) =>
  comparing(
    { read: readDate, readFound: readFoundDate },
    order,
    'a date such as "2026-11-29" or "2026-11-29T08:00:00Z", or the seconds since 1970',
  );

const FORM = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/** The milliseconds since 1970 of a date by ISO 8601, or of a number of seconds; four digits are a year. */
export function readDate(text: string): number | undefined {
  if (/^(\d{1,3}|\d{5,12})$/.test(text)) return Number(text) * 1000;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = FORM.exec(text) ?? [];
  if (year === undefined) return undefined;
  const start = new Date(0);
  start.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // a day that the month does not have has become one of the next
  if (start.getUTCMonth() !== Number(month) - 1 || start.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = minutesOf(zone);
  if (offset === undefined) return undefined;
  const time = ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000;
  return start.getTime() + time + Math.trunc(Number(`0.${fraction}`) * 1000);
}

function minutesOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
