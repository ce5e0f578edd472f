import type { CronExpression, RateExpression } from "./expression.js";
import { scheduleError, timeOf } from "./errors.js";
import { nextMatch, previousMatch } from "./match.js";
import type { Schedule } from "./schedule.js";
import { UTC, type TimeZone } from "./time-zone.js";

const MINUTE = 60_000;
const LAST_INSTANT = 8.64e15;
// outside these instants the clocks of no zone show a year from 1970 to 2199
const BEFORE_ALL_CRON = Date.UTC(1969, 11, 30);
const AFTER_ALL_CRON = Date.UTC(2200, 0, 3);

/**
 * The first run after an instant, not at it; undefined if there is none.
 * Throws `rate-without-start` for a rate whose start is not known, and `invalid-date`.
 */
export function nextRun(schedule: Schedule, after: Date): Date | undefined {
  return asDate(nextTime(schedule, timeOf(after, "after")));
}

/** The first `count` runs after an instant, fewer if there are no more. Throws what `nextRun` does, and `invalid-count`. */
export function nextRuns(schedule: Schedule, after: Date, count: number): Date[] {
  if (!Number.isSafeInteger(count) || count < 0) throw scheduleError("invalid-count", { what: "count", found: count });
  const runs: Date[] = [];
  for (let run = nextRun(schedule, after); run !== undefined && runs.length < count; run = nextRun(schedule, run)) runs.push(run);
  return runs;
}

/** The last run before an instant, not at it; undefined if there is none. Throws what `nextRun` does. */
export function previousRun(schedule: Schedule, before: Date): Date | undefined {
  const time = timeOf(before, "before");
  const { expression } = schedule;
  return asDate(
    expression.kind === "rate" ? previousRate(expression, startOf(schedule), time) : previousCron(expression, zoneOf(schedule), time),
  );
}

/**
 * Whether there is a run after one instant, up to and including another: with the last handled run as `after` and the current time as
 * `until`, whether a scheduler that was not running has missed a run. Throws what `nextRun` does.
 */
export function wasRunMissed(schedule: Schedule, after: Date, until: Date): boolean {
  const run = nextTime(schedule, timeOf(after, "after"));
  return run !== undefined && run <= timeOf(until, "until");
}

/** `nextRun` in milliseconds UTC. */
export function nextTime(schedule: Schedule, after: number): number | undefined {
  const { expression } = schedule;
  return expression.kind === "rate" ? nextRate(expression, startOf(schedule), after) : nextCron(expression, zoneOf(schedule), after);
}

function nextCron(cron: CronExpression, zone: TimeZone, after: number): number | undefined {
  if (after >= AFTER_ALL_CRON) return undefined;
  const instant = Math.max(after, BEFORE_ALL_CRON);
  const local = Math.floor((instant + zone.offsetAt(instant)) / MINUTE) + 1;
  // a time that is shown twice has its run the first time
  let from = Math.max(local, Math.ceil((zone.endOfRepeat(instant) ?? -Infinity) / MINUTE));
  for (;;) {
    const match = nextMatch(cron, from);
    if (match === undefined) return undefined;
    const place = zone.resolve(match * MINUTE);
    if (typeof place === "number") return place;
    // skipped times have no run
    from = Math.ceil(place.end / MINUTE);
  }
}

function previousCron(cron: CronExpression, zone: TimeZone, before: number): number | undefined {
  if (before <= BEFORE_ALL_CRON) return undefined;
  const instant = Math.min(before, AFTER_ALL_CRON);
  const local = zone.endOfRepeat(instant) ?? instant + zone.offsetAt(instant);
  let from = Math.ceil(local / MINUTE) - 1;
  for (;;) {
    const match = previousMatch(cron, from);
    if (match === undefined) return undefined;
    const place = zone.resolve(match * MINUTE);
    if (typeof place === "number") return place;
    from = Math.ceil(place.start / MINUTE) - 1;
  }
}

function nextRate({ interval }: RateExpression, start: number, after: number): number | undefined {
  const run = after < start ? start : start + (Math.floor((after - start) / interval) + 1) * interval;
  return run <= LAST_INSTANT ? run : undefined;
}

function previousRate({ interval }: RateExpression, start: number, before: number): number | undefined {
  return before <= start ? undefined : start + (Math.ceil((before - start) / interval) - 1) * interval;
}

function zoneOf(schedule: Schedule): TimeZone {
  return schedule.timeZone ?? UTC;
}

function startOf({ expression, startedAt }: Schedule): number {
  if (startedAt === undefined) throw scheduleError("rate-without-start", { expression: expression.text });
  return timeOf(startedAt, "startedAt");
}

function asDate(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
