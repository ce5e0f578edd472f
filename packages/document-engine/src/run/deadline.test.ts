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
