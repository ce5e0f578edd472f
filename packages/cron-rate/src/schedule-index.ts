import { timeOf } from "./errors.js";
import { nextTime } from "./runs.js";
import type { Schedule } from "./schedule.js";

const MINUTE = 60_000;

/** A schedule of the index that is due. */
export interface DueRun<Id> {
  readonly id: Id;
  /** Its first run since the index's instant; there may have been more up to the requested instant. */
  readonly at: Date;
}

interface Entry<Id> {
  readonly schedule: Schedule;
  /** Its next run, in milliseconds; undefined when none follows. */
  readonly time: number | undefined;
  /** The same, ready to be handed out: many schedules can be due in the same minute. */
  readonly run: DueRun<Id>;
}

/**
 * Many schedules, each filed under the minute of its next run, so that what is due is found without looking at the others.
 * The index stands at an instant, holds the runs after it, and moves forward only on request.
 */
export class ScheduleIndex<Id> {
  readonly #entries = new Map<Id, Entry<Id>>();
  readonly #minutes = new Map<number, Set<Entry<Id>>>();
  #now: number;

  /** An empty index that stands at the given instant. Throws `invalid-date`. */
  constructor(now: Date) {
    this.#now = timeOf(now, "now");
  }

  /** How many schedules it holds, with those that never run again. */
  get size(): number {
    return this.#entries.size;
  }

  /** Adds a schedule, instead of an earlier one of the same id. Throws what `nextRun` does; the index is then as before. */
  set(id: Id, schedule: Schedule): void {
    const entry = this.#entryOf(id, schedule);
    this.delete(id);
    this.#file(entry);
  }

  /** Removes a schedule; returns whether it was there. */
  delete(id: Id): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#unfile(entry);
    return this.#entries.delete(id);
  }

  /** The next run of a schedule; undefined when none follows or the id is unknown. */
  nextRunOf(id: Id): Date | undefined {
    const time = this.#entries.get(id)?.time;
    return time === undefined ? undefined : new Date(time);
  }

  /** The schedules with a run up to and including an instant, those of earlier minutes first. The index stays as it is. */
  due(until: Date): DueRun<Id>[] {
    const limit = timeOf(until, "until");
    const due: DueRun<Id>[] = [];
    for (const minute of this.#filedMinutes(Math.floor(limit / MINUTE))) {
      for (const { time, run } of this.#minutes.get(minute) ?? []) if (time !== undefined && time <= limit) due.push(run);
    }
    return due;
  }

  /** The same as `due`, and the index continues to the instant: every one of these schedules is filed under its first run after it. */
  advance(until: Date): DueRun<Id>[] {
    const due = this.due(until);
    this.#now = Math.max(this.#now, until.getTime());
    for (const { id } of due) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) this.set(id, entry.schedule);
    }
    return due;
  }

  #entryOf(id: Id, schedule: Schedule): Entry<Id> {
    const time = nextTime(schedule, this.#now);
    return { schedule, time, run: { id, at: new Date(time ?? NaN) } };
  }

  /** The minutes up to a last one under which something may be filed, ascending: all of a short time, or of a long one those in use. */
  #filedMinutes(last: number): number[] {
    const first = Math.floor(this.#now / MINUTE);
    const length = last - first + 1;
    if (length <= this.#minutes.size) return Array.from({ length: Math.max(0, length) }, (_, index) => first + index);
    return [...this.#minutes.keys()].filter((minute) => minute <= last).sort((a, b) => a - b);
  }

  #file(entry: Entry<Id>): void {
    this.#entries.set(entry.run.id, entry);
    if (entry.time === undefined) return;
    const minute = Math.floor(entry.time / MINUTE);
    const filed = this.#minutes.get(minute);
    if (filed === undefined) this.#minutes.set(minute, new Set([entry]));
    else filed.add(entry);
  }

  #unfile(entry: Entry<Id>): void {
    if (entry.time === undefined) return;
    const minute = Math.floor(entry.time / MINUTE);
    const filed = this.#minutes.get(minute);
    filed?.delete(entry);
    if (filed?.size === 0) this.#minutes.delete(minute);
  }
}
