import { count } from "@imagewright/diagnostics";
import { nextRun, previousRun, type PipelineSchedule } from "@imagewright/cron-rate";

/** When a run is due that is taken now, and what came due before. */
export interface DueTimes {
  /** The last time that the schedule matches until now. */
  readonly at: Date;
  /** The next run. */
  readonly next: Date | undefined;
  /** The runs from the one that was waited for to the one before `at`, in words; undefined if there are none. */
  readonly missed: string | undefined;
}

const MOST_COUNTED = 1000;

/** Runs that were missed are one: that which was due last. `due` is the one that was waited for. */
export function dueTimes(schedule: PipelineSchedule, due: Date, now: Date): DueTimes {
  const last = previousRun(schedule, new Date(now.getTime() + 1));
  const at = last === undefined || last < due ? due : last;
  return { at, next: nextRun(schedule, now), missed: missedBetween(schedule, due, at) };
}

function missedBetween(schedule: PipelineSchedule, due: Date, at: Date): string | undefined {
  if (due >= at) return undefined;
  let [missed, last] = [1, due];
  for (let next = nextRun(schedule, due); next !== undefined && next < at; next = nextRun(schedule, next)) {
    [missed, last] = [missed + 1, next];
    if (missed > MOST_COUNTED) break;
  }
  const runs = missed > MOST_COUNTED ? `more than ${MOST_COUNTED} runs` : count(missed, "run");
  const times = missed === 1 ? `of ${due.toISOString()} was` : `from ${due.toISOString()} to ${beforeOf(schedule, at, last)} were`;
  return `${runs} ${times} missed, since no server ran ${missed === 1 ? "it" : "them"}; the run of ${at.toISOString()} is in their place`;
}

function beforeOf(schedule: PipelineSchedule, at: Date, last: Date): string {
  return (previousRun(schedule, at) ?? last).toISOString();
}
