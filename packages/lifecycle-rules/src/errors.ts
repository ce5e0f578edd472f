import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package; faults of the user are diagnostics instead. */
export const lifecycleError = errorTable("lifecycle-rules", {
  "invalid-date": errorRow("invalid", (data: { what: string }) => ({ message: `${quote(data.what)} must be a valid date` })),
  "invalid-count": errorRow("invalid", (data: { what: string; found: number; least: number }) => ({
    message: `${quote(data.what)} must be a whole number from ${data.least}; found ${data.found}`,
  })),
  "invalid-range": errorRow("invalid", (data: { from: string; to: string }) => ({
    message: `a simulation cannot end before it starts; found a start at ${data.from} and an end at ${data.to}`,
  })),
  "too-many-runs": errorRow("limit", (data: { most: number }) => ({
    message: `the simulation would run the policy more than ${data.most} times`,
    hints: ['make "every" longer, or the time between "from" and "to" shorter'],
  })),
});

/** The milliseconds UTC of a date. Throws `invalid-date` for an invalid one. */
export function timeOf(date: Date, what: string): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw lifecycleError("invalid-date", { what });
  return time;
}

/** Returns the number. Throws `invalid-count` if it is not whole or below `least`. */
export function countOf(found: number, what: string, least: number): number {
  if (!Number.isSafeInteger(found) || found < least) throw lifecycleError("invalid-count", { what, found, least });
  return found;
}
