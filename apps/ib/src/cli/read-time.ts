import { errorTable, quote } from "@imagewright/diagnostics";

const timeError = errorTable({
  "invalid-time": ({ flag, text }: { flag: string; text: string }) => ({
    message: `--${flag} must be a time such as 2027-01-01 or 2027-01-01T08:00:00Z; found ${quote(text)}`,
  }),
});

/** Reads the value of a flag as an instant; a date is its first in UTC. */
export function readTime(flag: string, text: string): Date {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  // February 30 is March 2 to the parser
  if (Number.isNaN(time.getTime()) || (text.length === 10 && time.toISOString().slice(0, 10) !== text)) throw timeError("invalid-time", { flag, text });
  return time;
}
