import { quote } from "@imagewright/diagnostics";
import { wrongUsage } from "./wrong-usage.js";

const TIME = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** Reads the value of a flag as an instant; a date is its first instant in UTC. */
export function readTime(flag: string, text: string): Date {
  const [, day = ""] = TIME.exec(text) ?? [];
  const time = new Date(isDay(day) ? text : Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw wrongUsage(`--${flag} must be a time such as 2027-01-01 or 2027-01-01T08:00:00Z; found ${quote(text)}`);
  return time;
}

/** Whether the day exists: the parser reads February 30 as March 2. */
function isDay(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
