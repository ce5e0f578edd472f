import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";

const CHANNEL = "imagewright_runs";
const AGAIN_MILLISECONDS = 1_000;

/**
 * Calls `wake` whenever something was asked of whoever runs images, until the returned function is called. The connection may be lost and
 * come back, and a proxy in between may swallow notifications: whoever waits looks now and then anyway.
 */
export function listenForRuns(pool: Pool, wake: () => void): () => Promise<void> {
  const ended = new AbortController();
  const listening = (async () => {
    while (!ended.signal.aborted) {
      await listenOnce(pool, wake, ended.signal).catch(() => undefined);
      await sleep(AGAIN_MILLISECONDS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    ended.abort();
    await listening;
  };
}

async function listenOnce(pool: Pool, wake: () => void, ended: AbortSignal): Promise<void> {
  const client: PoolClient = await pool.connect();
  try {
    client.on("notification", wake);
    await client.query(`listen ${CHANNEL}`);
    wake();
    await new Promise<void>((resolve) => {
      client.once("error", () => resolve());
      client.once("end", () => resolve());
      if (ended.aborted) resolve();
      ended.addEventListener("abort", () => resolve());
    });
  } finally {
    client.off("notification", wake);
    // not given back to the pool, since it would go on to listen
    client.release(true);
  }
}
