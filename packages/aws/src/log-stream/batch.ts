import { EVENT_OVERHEAD, type LogEvent } from "./log-event.js";

// what one request of PutLogEvents may hold
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_048_576;
const LONGEST_SPAN = 24 * 60 * 60 * 1000;

/** Events that go out in one request. */
export class Batch {
  readonly events: LogEvent[] = [];
  #bytes = 0;

  /** Adds the event where it may stand after the others; otherwise says no, and the batch stays as it is. */
  add(event: LogEvent): boolean {
    const bytes = Buffer.byteLength(event.message) + EVENT_OVERHEAD;
    if (this.events.length >= MOST_EVENTS || this.#bytes + bytes > MOST_BYTES || !this.#fitsInTime(event.timestamp)) return false;
    this.events.push(event);
    this.#bytes += bytes;
    return true;
  }

  // times must ascend within a request; a clock that was set back thus begins a new one and each line keeps its true time
  #fitsInTime(timestamp: number): boolean {
    const first = this.events[0]?.timestamp ?? timestamp;
    const last = this.events.at(-1)?.timestamp ?? timestamp;
    return timestamp >= last && timestamp - first <= LONGEST_SPAN;
  }
}
