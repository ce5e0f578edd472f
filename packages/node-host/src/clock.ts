import { uptime } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "@imagewright/action-contract";

/** The machine's own clock. */
export const clock: Clock = {
  now: () => steadyNow(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    await wait(milliseconds, undefined, { signal }).catch((thrown: unknown) => {
      signal.throwIfAborted();
      throw thrown;
    });
  },
};

// the one look at the wall clock
// eslint-disable-next-line no-restricted-properties
const start = { wall: Date.now(), monotonic: performance.now(), uptime: uptime() };
// the uptime has whole seconds on some systems
const COARSE_MILLISECONDS = 2_000;
const LOOK_MILLISECONDS = 1_000;
const asleep = { milliseconds: 0, lookedAt: start.monotonic };

/**
 * Milliseconds since 1970 by the wall clock at the start of this process, and from then on by the monotonic clock: the difference of two of
 * them is a duration, whatever happens to the wall clock. The monotonic clock stands still while the machine sleeps; the uptime does not.
 */
export function steadyNow(): number {
  const monotonic = performance.now();
  if (monotonic - asleep.lookedAt > LOOK_MILLISECONDS) {
    const behind = (uptime() - start.uptime) * 1000 - (monotonic - start.monotonic);
    if (behind - asleep.milliseconds > COARSE_MILLISECONDS) asleep.milliseconds = behind;
    asleep.lookedAt = monotonic;
  }
  return Math.round(start.wall + monotonic - start.monotonic + asleep.milliseconds);
}
