import { uptime } from "node:os";
import type { Clock } from "@imagewright/action-contract";

/** The machine's own clock. */
export const clock: Clock = {
  now: () => steadyNow(),
  // not of node:timers/promises, which makes an error with its stack for each sleep that is ended
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", end);
        resolve();
      }, milliseconds);
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    }),
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
