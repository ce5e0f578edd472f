import { setMaxListeners } from "node:events";

/** Work that runs beside other work. */
export interface WeightedWork<Item> {
  readonly items: Iterable<Item>;
  /** The most weight that is under way at once. */
  readonly capacity: number;
  /** How much of the capacity an item takes, from 1 to all of it. */
  readonly weight: (item: Item) => number;
  readonly signal: AbortSignal;
  /** Does one item. Its signal aborts with the given one, or when another item has failed. */
  readonly run: (item: Item, signal: AbortSignal) => Promise<void>;
}

/** Does all items, many at once, begun in their order. After the first failure no other is begun, and it is thrown when all have ended. */
export async function runWeighted<Item>({ items, capacity, weight, signal, run }: WeightedWork<Item>): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  // all that is under way listens to it; Node takes more than ten listeners for a leak, and says so on standard error
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
