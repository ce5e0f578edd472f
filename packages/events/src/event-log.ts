import type { EventType, ServiceEvent } from "./service-event.js";

/** Which events are read. */
export interface EventQuery {
  /** Those behind this position. */
  readonly after: number;
  /** At most so many. */
  readonly limit: number;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly types?: readonly EventType[] | undefined;
  /** The ARN of an image, of its version or of all of its versions, or the name in them. */
  readonly image?: string | undefined;
}

/** Events in their order. */
export interface EventPage {
  readonly events: readonly ServiceEvent[];
  /** Up to here everything was looked at: where the next page begins. */
  readonly position: number;
  /** Whether more may be there already. */
  readonly hasMore: boolean;
  /** Whether events behind `after` have been removed, since they were too old. */
  readonly hasLost: boolean;
}

/** Tells when events may be there. */
export interface EventWatch {
  /** Resolves when something was stored since the last time, at the latest after some milliseconds, or when the signal is aborted. */
  next(milliseconds: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** How far a sink is. */
export interface SinkProgress {
  /** All events up to here are delivered, or put aside. */
  readonly position: number;
  /** Events that the sink has refused for good, behind the position before; or that were sent again. */
  readonly refused: readonly { readonly event: ServiceEvent; readonly reason: string }[];
  /** Events that it had refused, and has taken now. */
  readonly taken?: readonly ServiceEvent[];
  /** Why the next event is not delivered yet. */
  readonly problem?: string | undefined;
}

/** A server that delivers to a sink. One at a time does: it has the lease of the sink until it lapses. */
export interface SinkLease {
  readonly sink: string;
  /** An id of the server's own. */
  readonly owner: string;
  /** For how long, from each call on. */
  readonly milliseconds: number;
}

/** The sinks of a database, which its servers share. */
export interface SinkStates {
  /** Adds a sink, which gets what happens from now on. One that is there stays where it is. */
  add(sink: string): Promise<void>;
  /** Takes the lease, or renews it. Returns the position; undefined if another server has it. */
  take(lease: SinkLease): Promise<number | undefined>;
  /** Events that the sink has refused and is to be sent again, in the order of their positions; at most so many. */
  toResend(sink: string, limit: number): Promise<readonly ServiceEvent[]>;
  /** Records progress, and renews the lease. False if another server has taken it: nothing is recorded then. */
  record(lease: SinkLease, progress: SinkProgress): Promise<boolean>;
  /** Gives the lease up, so that another server need not wait for its end. */
  release(lease: SinkLease): Promise<void>;
}

/** The events of a database. */
export interface EventLog {
  /** Reads in the order of positions; an event of a transaction that commits late has a later position and is never missed. */
  read(query: EventQuery): Promise<EventPage>;
  /** The position of the newest event. */
  newest(): Promise<number>;
  /** The position before the first event of this time or later. */
  positionAt(time: Date): Promise<number>;
  watch(): EventWatch;
  readonly sinks: SinkStates;
}
