import type { ActionContext } from "@imagewright/action-contract";
import type { WithLock } from "./package-manager.js";

const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 10_000;

/**
 * Repeats an attempt while another program, such as the system's daily updates, holds the package manager's lock. The step's timeout is
 * the limit. Not left to the package managers, since apt waits for some of its locks and not for others.
 */
export function waitForLock({ host, signal, log }: ActionContext): WithLock {
  return async (attempt, heldBy) => {
    for (let wait = FIRST_WAIT_MILLISECONDS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS)) {
      const result = await attempt();
      const holder = heldBy(result);
      if (holder === undefined) return result;
      if (wait === FIRST_WAIT_MILLISECONDS) log(`waiting for another program to release the package manager's lock: ${holder}`);
      await host.clock.sleep(wait, signal);
    }
  };
}
