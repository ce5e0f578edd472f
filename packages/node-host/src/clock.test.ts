import { afterEach, expect, test } from "@jest/globals";
import { clock, steadyNow } from "./clock.js";

const wall = Date.now;

afterEach(() => {
  Date.now = wall;
});

test("begins with the wall clock", () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(60_000);
});

test.each([
  ["back", -3_600_000],
  ["on", 86_400_000],
])("does not go with a wall clock that is set %s", async (_, step) => {
  const before = steadyNow();
  Date.now = () => wall() + step;
  await clock.sleep(50, new AbortController().signal);
  const passed = steadyNow() - before;
  expect(passed).toBeGreaterThanOrEqual(45);
  expect(passed).toBeLessThan(60_000);
});

test("a sleep ends at once with the reason of its signal, before it begins and later", async () => {
  const reason = new Error("enough");
  await expect(clock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  const sleeping = clock.sleep(60_000, controller.signal);
  controller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
});
