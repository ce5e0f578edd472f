import { setTimeout as sleep } from "node:timers/promises";

/** Whether something ends within a time, in milliseconds; it may go on later. Rejects as it does. */
export async function withinTime(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  const late = sleep(milliseconds, false, { signal: over.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    over.abort();
  }
}
