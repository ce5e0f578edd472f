import { setMaxListeners } from "node:events";

/** Concurrent work with weights. */
export interface WeightedWork<Item> {
  readonly items: Iterable<Item>;
  /** The maximum total weight at one time. */
  readonly capacity: number;
  /** The weight of an item, from 1 to the capacity. */
  readonly weight: (item: Item) => number;
  readonly signal: AbortSignal;
  /** Runs one item. Its signal aborts with the given one, or when another item has failed. */
  readonly run: (item: Item, signal: AbortSignal) => Promise<void>;
}

/** Runs all items concurrently, started in order. After the first failure no other is started, and it is thrown when all have ended. */
export async function runWeighted<Item>({ items, capacity, weight, signal, run }: WeightedWork<Item>): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  // all running items listen to it; Node warns of a leak for more than ten listeners
  setMaxListeners(0, either);
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let free = capacity;
  for (const item of items) {
    const share = Math.min(weight(item), capacity);
    while (free < share && !either.aborted) await Promise.race(running);
    if (either.aborted) break;
    free -= share;
    const work: Promise<void> = run(item, either)
      .catch((thrown: unknown) => {
        failures.push(thrown);
        stop.abort(thrown);
      })
      .finally(() => {
        free += share;
        running.delete(work);
      });
    running.add(work);
  }
  await Promise.all(running);
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
