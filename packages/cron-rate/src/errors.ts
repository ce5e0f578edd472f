import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package; faults of the user are diagnostics instead. */
export const scheduleError = errorTable("cron-rate", {
  "invalid-date": errorRow("invalid", (data: { what: string }) => ({ message: `${quote(data.what)} must be a valid date` })),
  "invalid-count": errorRow("invalid", (data: { what: string; found: number }) => ({
    message: `${quote(data.what)} must be a whole number from 0; found ${data.found}`,
  })),
  "rate-without-start": errorRow("invalid", (data: { expression: string }) => ({
    message: `${quote(data.expression)} counts from its start, which is not known`,
    hints: ['give the schedule the date of its creation as "startedAt"'],
  })),
});

/** The milliseconds UTC of a date. Throws `invalid-date` for an invalid one. */
export function timeOf(date: Date, what: string): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw scheduleError("invalid-date", { what });
  return time;
}
