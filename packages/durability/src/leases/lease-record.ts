import { isSamePlace, type Holder, type Liveness } from "./holder.js";

/** The right of one process to go on with an execution, as it is recorded. */
export interface LeaseRecord {
  readonly execution: string;
  /** Counts the holders of this execution, from 1. */
  readonly generation: number;
  readonly holder: Holder;
  readonly milliseconds: number;
  /** ISO 8601, by the clock on the wall. */
  readonly expiresAt: string;
  /** The same instant by the monotonic clock of the holder's boot, in milliseconds: it does not jump, and stands still in sleep. */
  readonly expiresAtMonotonic: number;
  readonly released: boolean;
}

/** The two clocks, in milliseconds. */
export interface Clocks {
  readonly wall: number;
  readonly monotonic: number;
}

export function readClocks(): Clocks {
  // what another boot has to compare with
  // eslint-disable-next-line no-restricted-properties
  return { wall: Date.now(), monotonic: Number(process.hrtime.bigint() / 1_000_000n) };
}

/**
 * - free: nobody has it
 * - held: by a process that is running, or that cannot be seen and has renewed it in time
 * - interrupted: its holder has died a moment ago; another process may go on, and nothing may be removed
 * - orphaned: it has lapsed, and its holder has died, or cannot be seen
 */
export type LeaseStatus = "free" | "held" | "interrupted" | "orphaned";

/** A process that runs holds its lease although it has lapsed: it was asleep or stopped, and loses nothing. */
export function judgeLease(lease: LeaseRecord, liveness: Liveness, here: Holder, clocks: Clocks): LeaseStatus {
  if (lease.released) return "free";
  if (liveness === "alive") return "held";
  if (hasLapsed(lease, here, clocks)) return "orphaned";
  return liveness === "dead" ? "interrupted" : "held";
}

/** Where the monotonic clock is shared it decides. Elsewhere, an end that is too far ahead was set by a clock that was wrong. */
function hasLapsed(
  { holder, milliseconds, expiresAt, expiresAtMonotonic }: LeaseRecord,
  here: Holder,
  { wall, monotonic }: Clocks,
): boolean {
  if (holder.bootId !== "" && isSamePlace(holder, here)) return monotonic >= expiresAtMonotonic;
  const left = Date.parse(expiresAt) - wall;
  return !(left > 0 && left <= milliseconds);
}
