import { EVENT_OVERHEAD, type LogEvent } from "./log-event.js";

// the limits of one request of PutLogEvents
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_048_576;
const LONGEST_SPAN = 24 * 60 * 60 * 1000;

/** The events of one request. */
export class Batch {
  readonly events: LogEvent[] = [];
  #bytes = 0;

  /** Adds an event if the limits allow it; returns whether it was added. */
  add(event: LogEvent): boolean {
    const bytes = Buffer.byteLength(event.message) + EVENT_OVERHEAD;
    if (this.events.length >= MOST_EVENTS || this.#bytes + bytes > MOST_BYTES || !this.#fitsInTime(event.timestamp)) return false;
    this.events.push(event);
    this.#bytes += bytes;
    return true;
  }

  // times must not decrease within a request: after the clock was set back, a new batch begins, and each line keeps its time
  #fitsInTime(timestamp: number): boolean {
    const first = this.events[0]?.timestamp ?? timestamp;
    const last = this.events.at(-1)?.timestamp ?? timestamp;
    return timestamp >= last && timestamp - first <= LONGEST_SPAN;
  }
}
