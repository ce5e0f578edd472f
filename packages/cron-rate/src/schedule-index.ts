import { timeOf } from "./errors.js";
import { nextTime } from "./runs.js";
import type { Schedule } from "./schedule.js";

const MINUTE = 60_000;

/** A schedule of the index that is due. */
export interface DueRun<Id> {
  readonly id: Id;
  /** Its first run since the index stood still; there may have been more up to the instant that was asked for. */
  readonly at: Date;
}

interface Entry<Id> {
  readonly id: Id;
  readonly schedule: Schedule;
  /** Its next run; undefined when none follows. */
  next: number | undefined;
}

/**
 * Many schedules, each filed under the minute of its next run, so that what is due is found without looking at the others.
 * The index stands at an instant, holds the runs after it, and goes forward only when it is told to.
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

  /** Adds a schedule, in place of an earlier one of the same id. Throws what `nextRun` does; the index is then as before. */
  set(id: Id, schedule: Schedule): void {
    const entry: Entry<Id> = { id, schedule, next: nextTime(schedule, this.#now) };
    this.delete(id);
    this.#entries.set(id, entry);
    this.#file(entry);
  }

  /** Removes a schedule; tells whether it was there. */
  delete(id: Id): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#unfile(entry);
    return this.#entries.delete(id);
  }

  /** The next run of a schedule; undefined when none follows or the id is unknown. */
  nextRunOf(id: Id): Date | undefined {
    const next = this.#entries.get(id)?.next;
    return next === undefined ? undefined : new Date(next);
  }

  /** The schedules with a run up to and including an instant, those of earlier minutes first. The index stays as it is. */
  due(until: Date): DueRun<Id>[] {
    return this.#dueEntries(timeOf(until, "until")).map(asDueRun);
  }

  /** The same as `due`, and the index goes on to the instant: every one of these schedules is filed under its first run after it. */
  advance(until: Date): DueRun<Id>[] {
    const entries = this.#dueEntries(timeOf(until, "until"));
    const due = entries.map(asDueRun);
    this.#now = Math.max(this.#now, until.getTime());
    for (const entry of entries) {
      this.#unfile(entry);
      entry.next = nextTime(entry.schedule, this.#now);
      this.#file(entry);
    }
    return due;
  }

  #dueEntries(until: number): Entry<Id>[] {
    const due: Entry<Id>[] = [];
    for (const minute of this.#filedMinutes(Math.floor(until / MINUTE))) {
      for (const entry of this.#minutes.get(minute) ?? []) if (entry.next !== undefined && entry.next <= until) due.push(entry);
    }
    return due;
  }

  /** The minutes up to a last one under which something may be filed, ascending: all of a short time, or of a long one those in use. */
  #filedMinutes(last: number): number[] {
    const first = Math.floor(this.#now / MINUTE);
    const length = last - first + 1;
    if (length <= this.#minutes.size) return Array.from({ length: Math.max(0, length) }, (_, index) => first + index);
    return [...this.#minutes.keys()].filter((minute) => minute <= last).sort((a, b) => a - b);
  }

  #file(entry: Entry<Id>): void {
    if (entry.next === undefined) return;
    const minute = Math.floor(entry.next / MINUTE);
    const filed = this.#minutes.get(minute);
    if (filed === undefined) this.#minutes.set(minute, new Set([entry]));
    else filed.add(entry);
  }

  #unfile(entry: Entry<Id>): void {
    if (entry.next === undefined) return;
    const minute = Math.floor(entry.next / MINUTE);
    const filed = this.#minutes.get(minute);
    filed?.delete(entry);
    if (filed?.size === 0) this.#minutes.delete(minute);
  }
}

function asDueRun<Id>({ id, next }: Entry<Id>): DueRun<Id> {
  return { id, at: new Date(next as number) };
}
