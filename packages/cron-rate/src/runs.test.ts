import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nextRun, nextRuns, previousRun, TimeZone, wasRunMissed } from "./index.js";
import { anyCron } from "./testing/arbitrary.js";
import { scheduleOf, shown } from "./testing/schedules.js";

const runs = (text: string, zone: string, after: string, count = 3) =>
  shown(nextRuns(scheduleOf(`cron(${text})`, zone), new Date(after), count));

describe("local times that clocks skip have no run", () => {
  test.each([
    ["an hour in spring", "30 2 * * ? *", "America/New_York", "2026-03-07T00:00Z", ["2026-03-07 07:30", "2026-03-09 06:30"]],
    [
      "only the skipped ones of many",
      "0,30 1-3 * * ? *",
      "America/New_York",
      "2026-03-08T05:59Z",
      ["2026-03-08 06:00", "2026-03-08 06:30", "2026-03-08 07:00", "2026-03-08 07:30", "2026-03-09 05:00"],
    ],
    ["half an hour", "15 2 * * ? *", "Australia/Lord_Howe", "2026-10-03T00:00Z", ["2026-10-04 15:15"]],
    ["midnight", "0 0 * * ? *", "America/Sao_Paulo", "2018-11-03T00:00Z", ["2018-11-03 03:00", "2018-11-05 02:00"]],
    ["a whole day", "0 12 * * ? *", "Pacific/Apia", "2011-12-29T00:00Z", ["2011-12-29 22:00", "2011-12-30 22:00"]],
  ])("%s", (_what, text, zone, after, expected) => {
    expect(runs(text, zone, after, expected.length)).toEqual(expected);
  });
});

test("from after a skipped time, the previous run is before it", () => {
  const schedule = scheduleOf("cron(* * * * ? *)", "America/New_York");
  expect(shown([previousRun(schedule, new Date("2026-03-08T07:00Z"))])).toEqual(["2026-03-08 06:59"]);
});

describe("local times that clocks show twice have one run, the first time", () => {
  test.each([
    ["an hour in autumn", "30 1 * * ? *", "America/New_York", "2026-10-31T12:00Z", ["2026-11-01 05:30", "2026-11-02 06:30"]],
    [
      "each of many",
      "0,30 0-2 * * ? *",
      "America/New_York",
      "2026-11-01T05:00Z",
      ["2026-11-01 05:30", "2026-11-01 07:00", "2026-11-01 07:30", "2026-11-02 05:00"],
    ],
    ["every minute", "* * * * ? *", "Europe/London", "2026-10-25T00:58Z", ["2026-10-25 00:59", "2026-10-25 02:00"]],
    ["asked in the second hour", "30 1 * * ? *", "America/New_York", "2026-11-01T06:10Z", ["2026-11-02 06:30"]],
    ["half an hour", "45 1 * * ? *", "Australia/Lord_Howe", "2026-04-04T00:00Z", ["2026-04-04 14:45", "2026-04-05 15:15"]],
  ])("%s", (_what, text, zone, after, expected) => {
    expect(runs(text, zone, after, expected.length)).toEqual(expected);
  });

  test("from within and after the repetition, the previous run is the first showing", () => {
    const schedule = scheduleOf("cron(30 1 * * ? *)", "America/New_York");
    const from = ["2026-11-01T05:31Z", "2026-11-01T06:10Z", "2026-11-01T06:30Z", "2026-11-01T08:00Z"];
    expect(shown(from.map((before) => previousRun(schedule, new Date(before))))).toEqual(from.map(() => "2026-11-01 05:30"));
  });
});

describe("limits", () => {
  const daily = scheduleOf("cron(0 0 * * ? *)");

  test("runs are from 1970 to 2199", () => {
    expect(
      shown([nextRun(daily, new Date(-8.64e15)), nextRun(daily, new Date("2199-12-31T00:00Z")), nextRun(daily, new Date(8.64e15))]),
    ).toEqual(["1970-01-01 00:00", undefined, undefined]);
    expect(shown([previousRun(daily, new Date(8.64e15)), previousRun(daily, new Date(0)), previousRun(daily, new Date(-8.64e15))])).toEqual(
      ["2199-12-31 00:00", undefined, undefined],
    );
  });

  test("the years are those of the zone", () => {
    expect(shown([nextRun(scheduleOf("cron(0 0 * * ? *)", "Asia/Tokyo"), new Date(-8.64e15))])).toEqual(["1969-12-31 15:00"]);
    expect(shown([previousRun(scheduleOf("cron(59 23 * * ? *)", "America/Los_Angeles"), new Date(8.64e15))])).toEqual(["2200-01-01 07:59"]);
  });

  test("leap days, over a century without one", () => {
    expect(runs("0 0 29 2 ? *", "UTC", "2095-01-01T00:00Z", 3)).toEqual(["2096-02-29 00:00", "2104-02-29 00:00", "2108-02-29 00:00"]);
  });

  test.each([
    "0 0 31 2 ? *",
    "0 0 30 2 ? *",
    "0 0 31 2,4,6,9,11 ? *",
    "0 0 31W 4 ? *",
    "0 0 L-30 2 ? *",
    "0 0 29 2 ? 2023",
    "0 0 ? 2 sun#5 2026",
  ])("%s never runs", (text) => {
    const schedule = scheduleOf(`cron(${text})`, "America/New_York");
    expect([nextRun(schedule, new Date(0)), previousRun(schedule, new Date("2199-12-31")), nextRuns(schedule, new Date(0), 3)]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect(wasRunMissed(schedule, new Date(0), new Date("2199-12-31"))).toBe(false);
  });
});

describe("wasRunMissed", () => {
  const daily = scheduleOf("cron(0 10 * * ? *)");
  test.each([
    ["2026-01-01T10:00Z", "2026-01-02T09:59:59.999Z", false],
    ["2026-01-01T10:00Z", "2026-01-02T10:00Z", true],
    ["2026-01-01T09:59:59.999Z", "2026-01-01T10:00Z", true],
    ["2026-01-01T10:00Z", "2026-01-01T10:00Z", false],
    ["2026-01-05T00:00Z", "2026-01-01T00:00Z", false],
  ])("after %s until %s: %s", (after, until, expected) => {
    expect(wasRunMissed(daily, new Date(after), new Date(until))).toBe(expected);
  });

  test("returns whether there is a run in between", () => {
    const date = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(anyCron(), date, date, (text, a, b) => {
        const schedule = scheduleOf(`cron(${text})`, "Europe/Berlin");
        const previous = previousRun(schedule, new Date(b.getTime() + 1));
        expect(wasRunMissed(schedule, a, b)).toBe(previous !== undefined && previous > a);
      }),
    );
  });
});

test("nextRun and previousRun are inverse", () => {
  const zone = fc.constantFrom("UTC", "America/New_York", "Pacific/Apia", "Africa/Cairo", "Africa/Monrovia");
  fc.assert(
    fc.property(
      anyCron(),
      zone,
      fc.date({ min: new Date("1970-01-01"), max: new Date("2150-01-01"), noInvalidDate: true }),
      (text, timezone, from) => {
        const schedule = scheduleOf(`cron(${text})`, timezone);
        const next = nextRun(schedule, from);
        fc.pre(next !== undefined);
        const previous = previousRun(schedule, next);
        expect(previous === undefined || previous <= from).toBe(true);
        if (previous !== undefined) expect(nextRun(schedule, previous)).toEqual(next);
      },
    ),
  );
});

test("invalid dates and counts are rejected", () => {
  const schedule = scheduleOf("cron(0 0 * * ? *)");
  expect(() => nextRun(schedule, new Date("x"))).toThrow(
    expect.objectContaining({ code: "cron-rate/invalid-date", message: '"after" must be a valid date' }),
  );
  expect(() => previousRun(schedule, new Date("x"))).toThrow('"before" must be a valid date');
  expect(() => wasRunMissed(schedule, new Date(0), new Date("x"))).toThrow('"until" must be a valid date');
  expect(() => nextRuns(schedule, new Date(0), 1.5)).toThrow(
    expect.objectContaining({ code: "cron-rate/invalid-count", message: '"count" must be a whole number from 0; found 1.5' }),
  );
  expect(nextRuns(schedule, new Date(0), 0)).toEqual([]);
});

describe("TimeZone", () => {
  test("accepts IANA names in any case; a zone is one object", () => {
    expect(TimeZone.named("america/new_york")).toBe(TimeZone.named("America/New_York"));
    expect(TimeZone.named("Etc/UTC")?.id).toBe("UTC");
    expect(TimeZone.named("Mars/Olympus_Mons")).toBeUndefined();
  });

  test("offsets are those of Intl, including seconds, at every hour around every transition", () => {
    for (const name of ["Africa/Monrovia", "America/Boa_Vista", "Asia/Gaza", "America/Argentina/Tucuman", "Antarctica/Troll"]) {
      const zone = TimeZone.named(name) as TimeZone;
      const format = new Intl.DateTimeFormat("en-US", {
        timeZone: name,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
      for (let time = Date.UTC(2000, 0, 1); time < Date.UTC(2005, 0, 1); time += 5 * 3_600_000) {
        const [month, day, year, hour, minute, second] = (format.format(time).match(/\d+/g) as string[]).map(Number) as [
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        if (zone.offsetAt(time) !== Date.UTC(year, month - 1, day, hour, minute, second) - time)
          throw new Error(`${name} at ${new Date(time).toISOString()}`);
      }
    }
    expect(TimeZone.named("Africa/Monrovia")?.offsetAt(0)).toBe(-(44 * 60 + 30) * 1000);
  });
});
