import { setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { Clock } from "@imagewright/action-contract";
import { Deadline } from "./deadline.js";

// a clock that passes a month at once and records the requested delays
function leapingClock(): { clock: Clock; slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    clock: {
      now: () => slept.reduce((sum, milliseconds) => sum + milliseconds, 0),
      sleep: async (milliseconds, signal) => {
        signal.throwIfAborted();
        slept.push(milliseconds);
      },
    },
  };
}

test("a limit longer than the longest timer is split", async () => {
  const { clock, slept } = leapingClock();
  const month = 30 * 86_400;
  const deadline = new Deadline(month, new AbortController().signal, clock);
  await new Promise((resolve) => deadline.signal.addEventListener("abort", resolve));
  expect(slept).toEqual([2_147_483_647, month * 1000 - 2_147_483_647]);
  expect(deadline.timedOut).toBe(true);
});

test("an aborted signal aborts at once", () => {
  const { clock, slept } = leapingClock();
  const deadline = new Deadline(1, AbortSignal.abort(new Error("why")), clock);
  expect([deadline.signal.aborted, (deadline.signal.reason as Error).message, deadline.timedOut]).toEqual([true, "why", false]);
  expect(slept).toEqual([]);
});

test("the time that passes before the timer begins counts", async () => {
  let now = 0;
  const slept: number[] = [];
  const clock: Clock = { now: () => now, sleep: async (milliseconds) => void slept.push(milliseconds) };
  const deadlines = [10, 3].map((seconds) => new Deadline(seconds, new AbortController().signal, clock));
  now = 4_000; // as after a long loop that lets nothing else run
  await setImmediate();
  await setImmediate();
  expect(slept).toEqual([6_000]);
  expect(deadlines.map(({ timedOut }) => timedOut)).toEqual([true, true]);
});

test("what ends within the same turn needs no timer, and what has ended does not time out", async () => {
  const { clock, slept } = leapingClock();
  const deadline = new Deadline(1, new AbortController().signal, clock);
  deadline.clear();
  await setImmediate();
  expect([slept, deadline.timedOut, deadline.signal.aborted]).toEqual([[], false, false]);
});

test("the timer of what has ended is ended with the next turn", async () => {
  const ended: string[] = [];
  const sleep: Clock["sleep"] = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        ended.push("ended");
        reject(signal.reason as Error);
      });
    });
  const deadline = new Deadline(1, new AbortController().signal, { now: () => 0, sleep });
  await setImmediate();
  deadline.clear();
  expect(ended).toEqual([]);
  await setImmediate();
  expect([ended, deadline.timedOut, deadline.signal.aborted]).toEqual([["ended"], false, false]);
});
