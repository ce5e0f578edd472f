import { expect, test } from "@jest/globals";
import { retryDelay } from "./retry-delay.js";

test("waits twice as long each time, up to a minute, with a chance of half of it", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map((attempts) => retryDelay({ attempts, chance: 1 }));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(retryDelay({ attempts: 3, chance: 0 })).toBe(1000);
});

test("waits as long as the receiver asks for, up to an hour", () => {
  expect(retryDelay({ attempts: 1, chance: 0, retryAfter: 30_000 })).toBe(30_000);
  expect(retryDelay({ attempts: 8, chance: 1, retryAfter: 30_000 })).toBe(60_000);
  expect(retryDelay({ attempts: 1, chance: 0, retryAfter: 1e12 })).toBe(3_600_000);
});
