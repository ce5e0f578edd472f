import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nextRun, previousRun } from "../index.js";
import { anyCron } from "./arbitrary.js";
import { clockReadings, naiveRuns } from "./naive.js";
import { scheduleOf } from "./schedules.js";

// zones with unusual transitions in these years
const TIMES = [
  ["UTC", "2023", "2025"],
  ["Asia/Kolkata", "2023", "2025"],
  ["America/New_York", "2023", "2025"],
  ["Europe/London", "2010", "2012"],
  ["Australia/Lord_Howe", "2023", "2025"], // half an hour of summer time
  ["Pacific/Apia", "2011", "2013"], // no 30 December 2011
  ["America/Sao_Paulo", "2017", "2019"], // midnight is skipped and shown twice
  ["Africa/Cairo", "2009", "2011"], // four changes in 2010
  ["America/St_Johns", "2010", "2012"], // changes at one minute past midnight
  ["Africa/Casablanca", "2022", "2024"],
] as const;

/** Defines the tests; `expressions` is how many are tried in each zone. */
export function proveEveryMinute(expressions: number): void {
  describe.each(TIMES)("every minute in %s from %s to %s", (timeZone, first, last) => {
    const [from, until] = [Date.UTC(Number(first), 0, 1), Date.UTC(Number(last), 0, 1)];
    const readings = clockReadings(timeZone, from, until);

    test("nextRun and previousRun find the same runs as the naive search", () => {
      fc.assert(
        fc.property(anyCron(), (text) => {
          const schedule = scheduleOf(`cron(${text})`, timeZone);
          const expected = naiveRuns(text, from, readings);
          const forwards = walk(
            (time) => nextRun(schedule, new Date(time)),
            from - 1,
            (time) => time < until,
          );
          const backwards = walk(
            (time) => previousRun(schedule, new Date(time)),
            until,
            (time) => time >= from,
          );
          expect(firstDifference(forwards, expected)).toBeUndefined();
          expect(firstDifference(backwards.reverse(), expected)).toBeUndefined();
        }),
        { numRuns: expressions },
      );
    });

    test("from instants between and at runs, and from within repeated and skipped hours", () => {
      fc.assert(
        fc.property(anyCron(), fc.array(fc.integer({ min: from, max: until - 1 }), { maxLength: 50 }), (text, instants) => {
          const schedule = scheduleOf(`cron(${text})`, timeZone);
          const expected = naiveRuns(text, from, readings);
          for (const instant of [...instants, ...expected.slice(0, 20)]) {
            const [next, previous] = [nextRun(schedule, new Date(instant))?.getTime(), previousRun(schedule, new Date(instant))?.getTime()];
            expect(next !== undefined && next < until ? next : undefined).toBe(expected.find((run) => run > instant));
            expect(previous !== undefined && previous >= from ? previous : undefined).toBe(expected.findLast((run) => run < instant));
          }
        }),
        { numRuns: expressions },
      );
    });
  });
}

function walk(step: (time: number) => Date | undefined, start: number, isInside: (time: number) => boolean): number[] {
  const runs: number[] = [];
  for (let run = step(start)?.getTime(); run !== undefined && isInside(run); run = step(run)?.getTime()) runs.push(run);
  return runs;
}

/** The first difference between two lists of runs; comparing the whole lists with jest would take most of the test's time. */
function firstDifference(found: readonly number[], expected: readonly number[]): string | undefined {
  const index = Array.from({ length: Math.max(found.length, expected.length) }).findIndex((_, place) => found[place] !== expected[place]);
  return index === -1 ? undefined : `run ${index}: found ${found[index]}, expected ${expected[index]}`;
}
