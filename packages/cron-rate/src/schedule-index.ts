import { timeOf } from "./errors.js";
import { nextTime } from "./runs.js";
import type { Schedule } from "./schedule.js";

const MINUTE = 60_000;

/** A schedule of the index that is due. */
export interface DueRun<Id> {
  readonly id: Id;
  /** Its first run after the index's instant; there may be more up to the requested instant. */
  readonly at: Date;
}

interface Entry<Id> {
  readonly schedule: Schedule;
  /** Its next run in milliseconds UTC; undefined if there is none. */
  readonly time: number | undefined;
  /** The same, prepared for `due`, since many schedules can be due in the same minute. */
  readonly run: DueRun<Id>;
}

/**
 * Many schedules, indexed by the minute of their next run, so that due ones are found without visiting the others. The index is at an
 * instant, knows the next run after it, and moves forward only on request.
 */
export class ScheduleIndex<Id> {
  readonly #entries = new Map<Id, Entry<Id>>();
  readonly #minutes = new Map<number, Set<Entry<Id>>>();
  #now: number;

  /** An empty index at the given instant. Throws `invalid-date`. */
  constructor(now: Date) {
    this.#now = timeOf(now, "now");
  }

  /** The number of schedules, including those that never run again. */
  get size(): number {
    return this.#entries.size;
  }

  /** Adds a schedule, replacing an earlier one with the same id. Throws what `nextRun` does; the index is then unchanged. */
  set(id: Id, schedule: Schedule): void {
    const entry = this.#entryOf(id, schedule);
    this.delete(id);
    this.#addToMinute(entry);
  }

  /** Removes a schedule; returns whether it was there. */
  delete(id: Id): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#removeFromMinute(entry);
    return this.#entries.delete(id);
  }

  /** The next run of a schedule; undefined if there is none or the id is unknown. */
  nextRunOf(id: Id): Date | undefined {
    const time = this.#entries.get(id)?.time;
    return time === undefined ? undefined : new Date(time);
  }

  /** The schedules with a run up to and including an instant, those of earlier minutes first. Does not change the index. */
  due(until: Date): DueRun<Id>[] {
    const limit = timeOf(until, "until");
    const due: DueRun<Id>[] = [];
    for (const minute of this.#minutesUpTo(Math.floor(limit / MINUTE))) {
      for (const { time, run } of this.#minutes.get(minute) ?? []) if (time !== undefined && time <= limit) due.push(run);
    }
    return due;
  }

  /** The same as `due`, and moves the index forward to the instant: the next run of these schedules is then their first one after it. */
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

  /** The minutes up to `last` that may have schedules, ascending: of a short time all minutes, of a long time those in use. */
  #minutesUpTo(last: number): number[] {
    const first = Math.floor(this.#now / MINUTE);
    const length = last - first + 1;
    if (length <= this.#minutes.size) return Array.from({ length: Math.max(0, length) }, (_, index) => first + index);
    return [...this.#minutes.keys()].filter((minute) => minute <= last).sort((a, b) => a - b);
  }

  #addToMinute(entry: Entry<Id>): void {
    this.#entries.set(entry.run.id, entry);
    if (entry.time === undefined) return;
    const minute = Math.floor(entry.time / MINUTE);
    const inMinute = this.#minutes.get(minute);
    if (inMinute === undefined) this.#minutes.set(minute, new Set([entry]));
    else inMinute.add(entry);
  }

  #removeFromMinute(entry: Entry<Id>): void {
    if (entry.time === undefined) return;
    const minute = Math.floor(entry.time / MINUTE);
    const inMinute = this.#minutes.get(minute);
    inMinute?.delete(entry);
    if (inMinute?.size === 0) this.#minutes.delete(minute);
  }
}
