import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { equalSchedules, nextRuns } from "./index.js";
import { anyCron } from "./testing/arbitrary.js";
import { scheduleOf } from "./testing/schedules.js";

describe("equalSchedules", () => {
  test.each([
    ["cron(0 0 ? * MON-FRI *)", "cron(0 0 ? * 2-6 *)", true],
    ["cron(0 0 ? * * *)", "cron(0 0 * * ? *)", true],
    ["cron(0 0 ? * FRI-MON *)", "cron(0 0 ? * 1,2,6,7 *)", true],
    ["cron(0/15 0 * * ? *)", "cron(45,30,15,0,0 00 * * ? *)", true],
    ["cron(0 0 L 2 ? 2021)", "cron(0 0 28 2 ? 2021)", true],
    ["cron(0 0 L 2 ? *)", "cron(0 0 28 2 ? *)", false],
    ["cron(0 0 ? 2 1#5 *)", "cron(0 0 29 2 ? *)", false],
    ["cron(0 0 ? * 1#1,1#2,1#3,1#4,1#5 *)", "cron(0 0 ? * L *)", true],
    ["cron(0 0 31 2 ? *)", "cron(5 5 30 2 ? *)", true],
    ["cron(0 0 * * ? *)", "cron(0 1 * * ? *)", false],
    ["cron(0 0 * * ? *)", "cron(0,1 0 * * ? *)", false],
    ["rate(60 minutes)", "rate(1 hour)", true],
    ["rate(24 hours)", "rate(1 day)", true],
    ["rate(1 day)", "rate(2 days)", false],
    ["rate(1 minute)", "cron(* * * * ? *)", false],
  ])("%s and %s: %s", (a, b, expected) => {
    expect([equalSchedules(scheduleOf(a), scheduleOf(b)), equalSchedules(scheduleOf(b), scheduleOf(a))]).toEqual([expected, expected]);
  });

  test("time zones matter for cron expressions, start dates for rates", () => {
    const [cron, rate] = ["cron(0 0 * * ? *)", "rate(1 day)"];
    expect(equalSchedules(scheduleOf(cron, "UTC"), scheduleOf(cron, "Etc/UTC"))).toBe(true);
    expect(equalSchedules(scheduleOf(cron, "US/Eastern"), scheduleOf(cron, "America/New_York"))).toBe(true);
    expect(equalSchedules(scheduleOf(cron, "UTC"), scheduleOf(cron, "Asia/Tokyo"))).toBe(false);
    expect(equalSchedules(scheduleOf(rate, "UTC"), scheduleOf(rate, "Asia/Tokyo"))).toBe(true);
    expect(equalSchedules(scheduleOf(rate, "UTC", "2026-01-01"), scheduleOf(rate, "UTC", "2026-01-02"))).toBe(false);
  });

  test("equal schedules have equal runs, and schedules with other runs are not equal", () => {
    // the day fields go together: one of them is ?
    const fields = fc.constantFrom<readonly number[]>([0], [1], [3], [5], [2, 4]);
    fc.assert(
      fc.property(anyCron(), anyCron(), fields, (text, other, replaced) => {
        const mixed = text.split(" ").map((field, index) => (replaced.includes(index) ? other.split(" ")[index] : field));
        const [a, b] = [scheduleOf(`cron(${text})`), scheduleOf(`cron(${mixed.join(" ")})`)];
        const same = equalSchedules(a, b);
        expect(equalSchedules(b, a)).toBe(same);
        const runs = [a, b].map((schedule) => nextRuns(schedule, new Date(0), 500));
        if (same) expect(runs[0]).toEqual(runs[1]);
        else if ((runs[0]?.length ?? 0) < 500) expect(runs[0]).not.toEqual(runs[1]);
      }),
      { numRuns: 150 },
    );
  });
});
