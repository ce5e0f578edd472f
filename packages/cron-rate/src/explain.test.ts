import { describe, expect, test } from "@jest/globals";
import { explain } from "./index.js";
import { scheduleOf } from "./testing/schedules.js";

describe("explain", () => {
  test.each([
    ["0 10 * * ? *", "at 10:00 every day, UTC"],
    ["0 18 ? * mon-fri *", "at 18:00 every Monday to Friday, UTC"],
    ["0 8 1 * ? *", "at 08:00 on day 1 of every month, UTC"],
    ["30 22 ? * tue#2 *", "at 22:30 on the second Tuesday of every month, UTC"],
    ["0 0 ? * 1 *", "at 00:00 every Sunday, UTC"],
    ["0 0 ? * 7 *", "at 00:00 every Saturday, UTC"],
    ["0 0 ? * L *", "at 00:00 every Sunday, UTC"],
    ["0 0 ? * 5L *", "at 00:00 on the last Thursday of every month, UTC"],
    ["0 0 ? * 7L *", "at 00:00 on the last Saturday of every month, UTC"],
    ["0 0 ? * FRI-MON *", "at 00:00 every Friday to Monday, UTC"],
    ["0 0 ? * SAT-SUN 2026", "at 00:00 every Saturday and Sunday, in 2026, UTC"],
    ["0 0 ? * 1,3,4,6 *", "at 00:00 every Sunday, Tuesday, Wednesday and Friday, UTC"],
    ["0 0 ? 6-8 * *", "at 00:00 every day in June to August, UTC"],
    ["0 0 ? 1,7 MON *", "at 00:00 every Monday in January and July, UTC"],
    ["0 0 ? * mon#1,3L,SAT *", "at 00:00 on every Saturday, the first Monday and the last Tuesday of every month, UTC"],
    [
      "0 0 1-5,20,15W,LW,L-3,L-1,L 1 ? *",
      "at 00:00 on the days 1 to 5 and 20, the day from Monday to Friday nearest to day 15, the last day, the day 1 day before the last, the day 3 days before the last and the last day from Monday to Friday of January, UTC",
    ],
    ["15,45 9,17 * * ? *", "at 09:15, 09:45, 17:15 and 17:45 every day, UTC"],
    ["* * * * ? *", "every minute every day, UTC"],
    ["* 9 * * ? *", "every minute of hour 9 every day, UTC"],
    ["*/5 9-17 * * ? *", "at the minutes 0 to 55 in steps of 5 of the hours 9 to 17 every day, UTC"],
    ["0 * * * ? 2026-2030,2040", "at minute 0 of every hour every day, in 2026 to 2030 and 2040, UTC"],
    ["0 0 */2 * ? *", "at 00:00 on the days 1 to 31 in steps of 2 of every month, UTC"],
    ["0 0 31 2 ? *", "never: at 00:00 on day 31 of February, UTC"],
  ])("%s", (text, expected) => {
    expect(explain(scheduleOf(`cron(${text})`))).toBe(expected);
  });

  test.each([
    ["america/los_angeles", "America/Los_Angeles time"],
    ["US/Eastern", "US/Eastern time"],
    ["America/New_York", "America/New_York time"],
    ["EST", "EST time"],
    ["Etc/UTC", "Etc/UTC time"],
    ["utc", "UTC"],
  ])("the zone %s is named as it was given", (zone, expected) => {
    expect(explain(scheduleOf("cron(0 10 * * ? *)", zone))).toBe(`at 10:00 every day, ${expected}`);
  });

  test("rates", () => {
    expect(explain(scheduleOf("rate(1 day)"))).toBe("every day from its start");
    expect(explain(scheduleOf("rate(12 hours)", undefined, "2026-01-01T00:00Z"))).toBe("every 12 hours from 2026-01-01T00:00:00.000Z");
  });
});
