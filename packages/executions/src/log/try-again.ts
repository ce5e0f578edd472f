import { setTimeout as sleep } from "node:timers/promises";

/** What is waited before a failed call is repeated, in milliseconds; the SDK has repeated its requests a few times by then. */
const WAITS = [1_000, 5_000];

/** Does something that may fail for a moment up to three times. Throws what it throws the last time. */
export async function tryAgain(body: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (const wait of WAITS)
    try {
      await body();
      return;
    } catch {
      await sleep(wait, undefined, { signal });
    }
  await body();
}
