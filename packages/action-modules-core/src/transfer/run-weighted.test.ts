import { expect, test } from "@jest/globals";
import { runWeighted } from "./run-weighted.js";

/** Runs work that ends when the test releases it, and records what is running. */
function start(weights: readonly number[], capacity: number, signal = new AbortController().signal) {
  const running = new Map<number, { readonly end: () => void; readonly fail: (reason: Error) => void; readonly signal: AbortSignal }>();
  const done = runWeighted({
    items: weights.keys(),
    capacity,
    weight: (index) => weights[index] ?? 1,
    signal,
    run: (index, either) =>
      new Promise<void>((resolve, reject) => running.set(index, { end: resolve, fail: reject, signal: either })).finally(() =>
        running.delete(index),
      ),
  });
  // lets all ready callbacks run, so that started work is recorded
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { done, running, settled };
}

test("runs as much as fits, started in order", async () => {
  const { done, running, settled } = start([1, 1, 2, 1, 9], 3);
  await settled();
  expect([...running.keys()]).toEqual([0, 1]);
  running.get(0)?.end();
  await settled();
  expect([...running.keys()]).toEqual([1, 2]);
  running.get(2)?.end();
  await settled();
  expect([...running.keys()]).toEqual([1, 3]);
  for (const { end } of running.values()) end();
  await settled();
  expect([...running.keys()]).toEqual([4]);
  running.get(4)?.end();
  await expect(done).resolves.toBeUndefined();
});

test("after a failure nothing else starts, running work is aborted, and the failure is thrown when all has ended", async () => {
  const { done, running, settled } = start([1, 1, 1], 2);
  let over = false;
  const outcome = done.catch((thrown: unknown) => thrown).finally(() => (over = true));
  await settled();
  const second = running.get(1);
  running.get(0)?.fail(new Error("first"));
  await settled();
  expect([second?.signal.aborted, [...running.keys()], over]).toEqual([true, [1], false]);
  second?.fail(new Error("second"));
  expect(await outcome).toEqual(new Error("first"));
});

test("an abort from outside stops it with the signal's reason", async () => {
  const cancel = new AbortController();
  const { done, running, settled } = start([1, 1], 1, cancel.signal);
  await settled();
  const outcome = done.catch((thrown: unknown) => thrown);
  cancel.abort(new Error("cancelled"));
  running.get(0)?.end();
  expect(await outcome).toEqual(new Error("cancelled"));
  expect(running.size).toBe(0);
});
