import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { endFlushed } from "./end-flushed.js";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("a process ends once, when its output is flushed", () => {
  const end = jest.fn();
  let flushed = (): void => undefined;
  endFlushed(end, (done) => (flushed = done));
  jest.advanceTimersByTime(500);
  expect(end).not.toHaveBeenCalled();
  flushed();
  expect(end).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(5_000);
  expect(end).toHaveBeenCalledTimes(1);
});

test("it ends at once where nothing is waiting, and after a second where that hangs", () => {
  const end = jest.fn();
  endFlushed(end, (flushed) => flushed());
  expect(end).toHaveBeenCalledTimes(1);
  endFlushed(end, () => undefined);
  jest.advanceTimersByTime(999);
  expect(end).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledTimes(2);
});
