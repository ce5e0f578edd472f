import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "@imagewright/action-contract";

/** The machine's own clock. */
export const clock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    await wait(milliseconds, undefined, { signal }).catch((thrown: unknown) => {
      signal.throwIfAborted();
      throw thrown;
    });
  },
};
