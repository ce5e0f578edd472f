import type { EventLog, SinkLease } from "../event-log.js";

export interface HeldLease {
  /** Is aborted when the lease is lost, or is to be given up. */
  readonly signal: AbortSignal;
  /** Whether it still holds, by this server's own clock: a server that was frozen must not send what another one sends by now. */
  holds(): boolean;
  /** Notes that it was renewed by something else. */
  renewed(): void;
  /** Resolves when nothing renews it any more. */
  end(): Promise<void>;
}

/** Renews a lease that was just taken, while what it is for lasts longer. `now` is in milliseconds, from any start, and never set. */
export function holdLease(log: () => EventLog, lease: SinkLease, outer: AbortSignal, now: () => number): HeldLease {
  const lost = new AbortController();
  let until = now() + lease.milliseconds;
  const renewed = () => (until = now() + lease.milliseconds);
  const renew = async () => {
    const asked = now();
    const position = await log()
      .sinks.take(lease)
      .catch(() => undefined); // without a database it lapses by itself
    if (position === undefined) {
      if (now() >= until) lost.abort();
      return;
    }
    // from when it was asked for: the answer may have been on its way for long
    until = Math.max(until, asked + lease.milliseconds);
  };
  let renewing = Promise.resolve();
  const timer = setInterval(() => void (renewing = renew()), lease.milliseconds / 3);
  return {
    signal: AbortSignal.any([outer, lost.signal]),
    holds: () => !lost.signal.aborted && now() < until,
    renewed,
    end: () => {
      clearInterval(timer);
      return renewing;
    },
  };
}
