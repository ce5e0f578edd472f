import { describe, expect, test } from "@jest/globals";
import { nextRun, nextRuns, parseExpression, previousRun } from "./index.js";
import { faultsOf, scheduleOf, shown } from "./testing/schedules.js";

describe("SCH-005, chapter 43: value and unit", () => {
  test.each([
    ["rate(1 minute)", 60_000],
    ["rate(5 minutes)", 300_000],
    ["rate(1 hour)", 3_600_000],
    ["rate(5 hours)", 18_000_000],
    ["rate(1 day)", 86_400_000],
    ["rate(90 days)", 90 * 86_400_000],
    ["rate(12 \t hours)", 12 * 3_600_000],
  ])("%j is every %d milliseconds", (text, interval) => {
    expect(parseExpression(text)).toEqual({ expression: expect.objectContaining({ kind: "rate", text, interval }), diagnostics: [] });
  });

  test.each([
    ["rate(1 hours)", ['7-12 a value of 1 takes the unit "hour"; found "hours" [wrong-plural]', 'help: write "rate(1 hour)"']],
    ["rate(5 hour)", ['7-11 a value of 5 takes the unit "hours"; found "hour" [wrong-plural]', 'help: write "rate(5 hours)"']],
    ["rate(0 minutes)", ['5-6 the value of a rate must be a whole number from 1 to 2147483647; found "0" [invalid-rate-value]']],
    ["rate(-5 minutes)", ['5-7 the value of a rate must be a whole number from 1 to 2147483647; found "-5" [invalid-rate-value]']],
    ["rate(0.5 minutes)", ['5-8 the value of a rate must be a whole number from 1 to 2147483647; found "0.5" [invalid-rate-value]']],
    [
      "rate(2147483648 days)",
      ['5-15 the value of a rate must be a whole number from 1 to 2147483647; found "2147483648" [invalid-rate-value]'],
    ],
    ["rate(5)", ['5-6 a rate has two fields, a value and a unit, such as "5 minutes"; found "5" [invalid-rate]']],
    ["rate()", ['5-5 a rate has two fields, a value and a unit, such as "5 minutes"; found "" [invalid-rate]']],
    ["rate( 5 minutes)", ['5-15 a rate has two fields, a value and a unit, such as "5 minutes"; found " 5 minutes" [invalid-rate]']],
    ["rate(5 minutes 3)", ['5-16 a rate has two fields, a value and a unit, such as "5 minutes"; found "5 minutes 3" [invalid-rate]']],
    [
      "rate(x weks)",
      [
        '5-6 the value of a rate must be a whole number from 1 to 2147483647; found "x" [invalid-rate-value]',
        '7-11 unknown unit "weks"; allowed: "day", "days", "hour", "hours", "minute" or "minutes" [unknown-unit]',
      ],
    ],
    [
      "rate(2 houers)",
      ['7-13 unknown unit "houers"; allowed: "day", "days", "hour", "hours", "minute" or "minutes"; did you mean "hours"? [unknown-unit]'],
    ],
    [
      "rate(30 seconds)",
      [
        '8-15 a rate in "seconds" could be faster than one minute, which is not supported; the shortest is "1 minute" [faster-than-one-minute]',
      ],
    ],
  ])("%j is rejected", (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });
});

describe("chapter 43: a rate starts when it is created and then keeps its interval", () => {
  const schedule = scheduleOf("rate(12 hours)", "America/New_York", "2026-03-07T22:30:15Z");

  test("the first run is the start; a day has 24 hours, also where clocks change", () => {
    expect(shown(nextRuns(schedule, new Date("2020-01-01"), 4))).toEqual([
      "2026-03-07 22:30:15",
      "2026-03-08 10:30:15",
      "2026-03-08 22:30:15",
      "2026-03-09 10:30:15",
    ]);
  });

  test("the next run is after an instant and the previous one before it, never at it", () => {
    const at = new Date("2026-03-08T10:30:15Z");
    expect(shown([previousRun(schedule, at), nextRun(schedule, at)])).toEqual(["2026-03-07 22:30:15", "2026-03-08 22:30:15"]);
    expect(shown([previousRun(schedule, new Date(at.getTime() + 1)), nextRun(schedule, new Date(at.getTime() - 1))])).toEqual([
      "2026-03-08 10:30:15",
      "2026-03-08 10:30:15",
    ]);
    expect(previousRun(schedule, new Date("2026-03-07T22:30:15Z"))).toBeUndefined();
  });

  test("there is no run after the last possible date", () => {
    expect(nextRun(scheduleOf("rate(2147483647 days)", undefined, "2026-01-01T00:00Z"), new Date("2026-01-01"))).toBeUndefined();
  });

  test("without a start date there is an error", () => {
    expect(() => nextRun(scheduleOf("rate(12 hours)"), new Date(0))).toThrow(
      expect.objectContaining({
        code: "cron-rate/rate-without-start",
        message: '"rate(12 hours)" counts from its start, which is not known',
        hints: ['give the schedule the date of its creation as "startedAt"'],
      }),
    );
  });
});

describe("chapters 40, 44 and 46: examples", () => {
  test("every 90 days", () => {
    expect(shown(nextRuns(scheduleOf("rate(90 days)", undefined, "2026-01-01T00:00Z"), new Date("2026-01-01"), 2))).toEqual([
      "2026-04-01 00:00",
      "2026-06-30 00:00",
    ]);
  });

  test("quarterly on the fifth, between two and four at night", () => {
    expect(shown(nextRuns(scheduleOf("cron(0 2-4 5 1/3 ? *)"), new Date("2026-01-01"), 4))).toEqual([
      "2026-01-05 02:00",
      "2026-01-05 03:00",
      "2026-01-05 04:00",
      "2026-04-05 02:00",
    ]);
  });

  test("every day at noon", () => {
    expect(shown(nextRuns(scheduleOf("cron(0 12 * * ? *)"), new Date("2026-01-01"), 1))).toEqual(["2026-01-01 12:00"]);
  });

  test("rate(12 hour) is an error, as chapter 43 says", () => {
    expect(faultsOf("rate(12 hour)")).toEqual([
      '8-12 a value of 12 takes the unit "hours"; found "hour" [wrong-plural]',
      'help: write "rate(12 hours)"',
    ]);
  });

  test.each(["SUN", "MON"])("cron(0 0 * * %s *) is an error, as chapter 42 says", (weekday) => {
    expect(faultsOf(`cron(0 0 * * ${weekday} *)`)).toEqual([
      `9-10 the day "*" and the day of the week "${weekday}" cannot both be given; one of them must be "?" [two-days]`,
      `help: write "0 0 ? * ${weekday} *"`,
    ]);
  });
});
