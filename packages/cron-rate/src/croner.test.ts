import { describe, expect, test } from "@jest/globals";
import { Cron } from "croner";
import fc from "fast-check";
import { nextRuns } from "./index.js";
import { anyCron } from "./testing/arbitrary.js";
import { scheduleOf } from "./testing/schedules.js";

/**
 * The same expression for croner, which has seconds and spells the last Thursday `5#L`. It knows neither `L-3`, nor `L` alone as day of
 * the week, nor `L` and `LW` in a list, nor ranges over the end, and it moves skipped times instead of leaving them out, so these are
 * not compared.
 */
function cronerOf(text: string, timezone: string): Cron {
  const [minute, hour, day, month, weekday, year] = text.split(" ") as [string, string, string, string, string, string];
  const lasts = weekday.replace(/(\w+)L(?=,|$)/g, "$1#L");
  // a step needs a range before it
  const toEnd = (list: string, max: number) => list.replace(/(?<=^|,)(\w+)\/(?=\d)/g, `$1-${max}/`);
  const pattern = ["0", toEnd(minute, 59), toEnd(hour, 23), toEnd(day, 31), toEnd(month, 12), lasts, toEnd(year, 2199)].join(" ");
  return new Cron(pattern, { timezone, mode: "7-part", alternativeWeekdays: true, domAndDow: true, paused: true });
}

describe("compared with croner, an independent library", () => {
  test.each(["UTC", "Asia/Kolkata", "Asia/Tokyo", "America/Phoenix"])("the next runs in %s are the same", (zone) => {
    fc.assert(
      fc.property(
        anyCron({ common: true }),
        fc.date({ min: new Date("1971-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }),
        (text, after) => {
          fc.pre(!/L/.test(text.split(" ")[2] as string) || !/,/.test(text.split(" ")[2] as string));
          const theirs = cronerOf(text, zone).nextRuns(5, after);
          const ours = nextRuns(scheduleOf(`cron(${text})`, zone), after, 5);
          // croner looks ahead a limited number of years only
          expect(ours.slice(0, theirs.length)).toEqual(theirs);
        },
      ),
      { numRuns: 250 },
    );
  });
});
