import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addPeriod, lastStart, periodText } from "./index.js";
import { enumValues } from "@imagewright/imagebuilder-model";
import { dateText } from "./calendar.js";

const iso = (time: number) => new Date(time).toISOString();

describe("ages are correct by the calendar, in UTC", () => {
  test.each([
    ["2026-01-31", 1, "DAYS", "2026-02-01T00:00:00.000Z"],
    ["2026-12-25", 2, "WEEKS", "2027-01-08T00:00:00.000Z"],
    ["2026-01-31", 1, "MONTHS", "2026-02-28T00:00:00.000Z"],
    ["2028-01-31", 1, "MONTHS", "2028-02-29T00:00:00.000Z"],
    ["2026-01-31", 3, "MONTHS", "2026-04-30T00:00:00.000Z"],
    ["2026-08-31", 6, "MONTHS", "2027-02-28T00:00:00.000Z"],
    ["2026-11-30", 1, "MONTHS", "2026-12-30T00:00:00.000Z"],
    ["2026-12-15", 1, "MONTHS", "2027-01-15T00:00:00.000Z"],
    ["2024-02-29", 1, "YEARS", "2025-02-28T00:00:00.000Z"],
    ["2024-02-29", 4, "YEARS", "2028-02-29T00:00:00.000Z"],
    ["2026-03-31T23:59:59.999Z", 1, "MONTHS", "2026-04-30T23:59:59.999Z"],
    ["1969-12-31T12:00:00Z", 2, "MONTHS", "1970-02-28T12:00:00.000Z"],
    ["2026-06-01", 1000, "YEARS", "3026-06-01T00:00:00.000Z"],
  ] as const)("%s and %d %s is %s", (start, value, unit, expected) => {
    expect(iso(addPeriod(Date.parse(start), { value, unit }))).toBe(expected);
  });

  test("adding months keeps the day of the month, or takes the last one", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1900-01-01"), max: new Date("2200-01-01"), noInvalidDate: true }),
        fc.integer({ min: 1, max: 1000 }),
        (start, value) => {
          const due = new Date(addPeriod(start.getTime(), { value, unit: "MONTHS" }));
          const months = (due.getUTCFullYear() - start.getUTCFullYear()) * 12 + due.getUTCMonth() - start.getUTCMonth();
          const isLast = new Date(due.getTime() + 86_400_000).getUTCDate() === 1;
          expect([months, due.toISOString().slice(-14)]).toEqual([value, start.toISOString().slice(-14)]);
          expect(due.getUTCDate() === start.getUTCDate() || (isLast && due.getUTCDate() < start.getUTCDate())).toBe(true);
        },
      ),
    );
  });

  test("lastStart returns the last instant that is a period ago", () => {
    const period = fc.record({ value: fc.integer({ min: 1, max: 1000 }), unit: fc.constantFrom(...enumValues("LifecyclePolicyTimeUnit")) });
    fc.assert(
      fc.property(fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }), period, (at, period) => {
        const start = lastStart(at.getTime(), period);
        expect(addPeriod(start, period)).toBeLessThanOrEqual(at.getTime());
        expect(addPeriod(start + 1, period)).toBeGreaterThan(at.getTime());
      }),
    );
  });

  test("in words", () => {
    expect([periodText({ value: 1, unit: "DAYS" }), periodText({ value: 6, unit: "MONTHS" })]).toEqual(["1 day", "6 months"]);
    expect([dateText(Date.UTC(2027, 0, 31)), dateText(Date.UTC(2027, 0, 31, 8, 5, 9, 999)), dateText(-1)]).toEqual([
      "2027-01-31",
      "2027-01-31T08:05:09Z",
      "1969-12-31T23:59:59Z",
    ]);
  });
});
